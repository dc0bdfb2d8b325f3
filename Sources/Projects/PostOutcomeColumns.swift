import Tables

/// A column name that CRM exports fill, or change, once the outcome is known.
///
/// A model that sees such a column looks excellent on history and knows nothing about an open lead.
public struct PostOutcomeColumn: Sendable, Equatable {
  public enum System: String, Sendable, CaseIterable {
    case hubSpot = "HubSpot"
    case pipedrive = "Pipedrive"
    case salesforce = "Salesforce"
    /// Names that many systems and home-made exports use.
    case any = "CRM exports"
  }

  public enum Reason: String, Sendable, CaseIterable {
    case closing = "filled in when the deal closes"
    case lossReason = "says why it was won or lost"
    case value = "entered or corrected when the deal closes"
    case stage = "moves with the outcome"
    case customer = "filled in when the lead becomes a customer"
    case forecast = "kept up to date until the deal closes"
    case score = "holds today's score, not the one of that time"
    case lastTouch = "holds the latest activity, also after the outcome"
    case length = "known once the contact is over"
    case contract = "exists for customers alone"
  }

  /// As the system writes it.
  public let name: String
  public let system: System
  public let reason: Reason

  /// Why such a column is not to be trusted, and of which system it is.
  public var words: String {
    system == .any ? reason.rawValue : "\(reason.rawValue) (a \(system.rawValue) column)"
  }
}

/// The shipped name that a column has, if it is one of those that are filled after the outcome.
///
/// Names are compared without case, accents, spaces and punctuation, so `fecha_de_cierre` is
/// found as `Fecha de cierre`; a name that ends in `…` stands for all that start with it.
public func postOutcomeColumn(named columnName: String) -> PostOutcomeColumn? {
  let words = columnNameWords(columnName)
  let name = words.joined()
  if let found = columnByName[name] { return found }
  // Salesforce's own fields end in __c where they are custom.
  if words.last == "c", let found = columnByName[words.dropLast().joined()] { return found }
  return prefixes.first { name.hasPrefix($0.prefix) && name != $0.prefix }?.column
}

extension PostOutcomeColumn {
  /// All shipped names.
  public static let all: [PostOutcomeColumn] = shipped.flatMap { system, reason, names in
    names.map { PostOutcomeColumn(name: $0, system: system, reason: reason) }
  }

  private static let shipped: [(System, Reason, [String])] = [
    (
      .any, .closing,
      [
        "Close Date", "Closed Date", "Close Time", "Closed At", "Closed On", "Closing Date",
        "Date Closed", "Actual Close Date", "Won Date", "Won Time", "Date Won", "Won At",
        "Lost Date", "Lost Time", "Lost At", "Date Lost", "Signed Date", "Signature Date",
        "Purchase Date", "Conversion Date", "Date of Conversion", "Converted At", "Converted On",
        "Days to Close", "Time to Close", "Sales Cycle", "Sales Cycle Length", "Days to Convert",
        "Closed By", "Fecha de cierre", "Fecha cierre", "Fecha de cierre real", "Fecha de ganado",
        "Fecha ganado", "Fecha de perdido", "Fecha perdido", "Fecha de pérdida", "Fecha de venta",
        "Fecha de firma", "Fecha de compra", "Fecha de conversión", "Fecha conversión",
        "Hora de cierre", "Días hasta el cierre", "Días para cerrar", "Días para el cierre",
        "Tiempo hasta el cierre", "Duración del ciclo de venta", "Ciclo de venta", "Cerrado por",
      ]
    ),
    (
      .any, .lossReason,
      [
        "Lost Reason", "Loss Reason", "Reason Lost", "Reason for Loss", "Win Reason", "Won Reason",
        "Closed Reason", "Close Reason", "Win Loss Reason", "Won Lost Reason",
        "Disqualified Reason",
        "Disqualification Reason", "Reason Disqualified", "Unqualified Reason", "Rejection Reason",
        "Competitor Won", "Lost to Competitor", "Motivo de pérdida", "Motivo pérdida",
        "Motivo de la pérdida", "Razón de pérdida", "Motivo de cierre", "Motivo del cierre",
        "Motivo de descarte", "Motivo de descalificación", "Motivo de rechazo", "Motivo de ganado",
        "Razón de cierre", "Causa de pérdida", "Perdido por competidor",
      ]
    ),
    (
      .any, .value,
      [
        "Amount", "Deal Amount", "Deal Value", "Close Value", "Closed Value", "Won Amount",
        "Won Value", "Closed Amount", "Final Price", "Final Amount", "Sale Amount", "Sales Amount",
        "Sale Price", "Order Value", "Invoice Amount", "Discount", "Discount Applied", "Importe",
        "Importe final", "Importe del negocio", "Importe de venta", "Importe de cierre",
        "Valor de cierre", "Valor del negocio", "Valor del trato", "Valor ganado", "Precio final",
        "Monto", "Monto final", "Monto de cierre", "Cantidad del negocio", "Descuento",
      ]
    ),
    (
      .any, .contract,
      [
        "Contract Number", "Contract Id", "Contract Start Date", "Contract End Date",
        "Invoice Number",
        "Invoice Date", "Order Number", "Order Date", "Order Id", "Customer Since", "Total Revenue",
        "Lifetime Value", "Customer Lifetime Value", "LTV", "MRR",
        "ARR", "Renewal Date", "Onboarding Date", "First Payment Date", "Payment Date",
        "Número de contrato", "Número de factura", "Número de pedido", "Fecha de contrato",
        "Fecha de factura", "Fecha de pedido", "Fecha de alta de cliente", "Cliente desde",
        "Ingresos totales", "Valor de vida del cliente",
        "Fecha de renovación", "Fecha de pago", "Fecha del primer pago",
      ]
    ),
    (
      .any, .stage,
      [
        "Stage Duration", "Time in Stage", "Days in Stage", "Last Stage Change", "Previous Stage",
        "Is Closed", "Is Won", "Is Lost", "Current Status", "Final Status",
        "Duración de la etapa", "Duración en la etapa", "Tiempo en la etapa", "Días en la etapa",
        "Último cambio de etapa", "Etapa anterior", "Está cerrado", "Está ganado", "Estado final",
        "Lead Quality", "Lead Profile", "Calidad del lead", "Tags", "Etiquetas",
      ]
    ),
    (
      .any, .forecast,
      [
        "Probability", "Win Probability", "Close Probability", "Probability to Close",
        "Expected Revenue", "Expected Value", "Weighted Value", "Weighted Amount", "Forecast",
        "Forecast Category", "Forecast Amount", "Probabilidad", "Probabilidad de cierre",
        "Probabilidad de ganar", "Ingresos esperados", "Ingresos previstos", "Valor ponderado",
        "Importe ponderado", "Importe previsto", "Previsión", "Pronóstico",
        "Categoría de pronóstico",
        "Categoría de previsión",
      ]
    ),
    (
      .any, .lastTouch,
      [
        "Last Activity", "Last Activity Date", "Last Activity Type", "Last Contacted",
        "Last Contact Date", "Last Modified", "Last Modified Date", "Last Updated", "Updated At",
        "Modified At", "Last Notable Activity", "Next Activity Date", "Next Step",
        "Última actividad", "Fecha de última actividad", "Fecha de la última actividad",
        "Último contacto", "Fecha de último contacto", "Fecha del último contacto",
        "Última modificación", "Fecha de última modificación", "Fecha de modificación",
        "Última actualización", "Fecha de actualización", "Próximo paso", "Próxima actividad",
      ]
    ),
    (
      .any, .length,
      ["Duration", "Call Duration", "Last Call Duration", "Duración", "Duración de la llamada"]
    ),
    (.any, .score, ["Lead Score", "Deal Score", "Lead Grade", "Asymmetrique…"]),
    (
      .hubSpot, .closing,
      [
        "Closed Won Reason", "Closed Lost Reason", "Closed Won Date", "Closed Lost Date",
        "Recent Deal Close Date", "hs_closed_amount", "hs_is_closed", "hs_is_closed_won",
        "hs_is_closed_lost", "hs_date_closed", "Days to Close Without Deal", "Is Closed Won",
        "Is Closed Lost", "Is Deal Closed", "Closed Deal Amount", "Closed Won Count",
        "Fecha de cierre del negocio reciente", "Motivo de cierre ganado",
        "Motivo de cierre perdido", "Motivo de negocio ganado", "Motivo de negocio perdido",
        "Fecha de cierre ganado", "Fecha de cierre perdido", "Está cerrado ganado",
        "Está cerrado perdido",
      ]
    ),
    (
      .hubSpot, .value,
      [
        "Recent Deal Amount", "Amount in Company Currency", "Total Contract Value",
        "Annual Contract Value", "Annual Recurring Revenue", "Monthly Recurring Revenue",
        "Closed Deal Amount in Home Currency", "Importe del negocio reciente",
        "Cantidad del negocio reciente", "Importe en la moneda de la empresa",
        "Valor total del contrato", "Valor anual del contrato", "Ingresos recurrentes anuales",
        "Ingresos recurrentes mensuales",
      ]
    ),
    (
      .hubSpot, .customer,
      [
        "Lifecycle Stage", "Became a Customer Date", "Became an Opportunity Date",
        "Became an Evangelist Date", "Became an Other Lifecycle Date", "First Deal Created Date",
        "Number of Associated Deals", "Associated Deals", "Associated Deal", "Associated Deal IDs",
        "Num Associated Deals", "First Deal Amount", "hs_lifecyclestage_customer_date",
        "hs_lifecyclestage_opportunity_date", "Days Between First Conversion and Close",
        "Etapa del ciclo de vida", "Fase del ciclo de vida", "Fecha de conversión en cliente",
        "Fecha en que se convirtió en cliente", "Se convirtió en cliente",
        "Fecha de conversión en oportunidad", "Fecha en que se convirtió en oportunidad",
        "Fecha de creación del primer negocio", "Número de negocios asociados",
        "Negocios asociados", "Negocio asociado",
      ]
    ),
    (
      .hubSpot, .stage,
      [
        "Date Entered…", "Date Exited…", "Cumulative Time in…", "Latest Time in…",
        "hs_date_entered…", "hs_date_exited…", "hs_time_in…", "hs_v2_date_entered…",
        "hs_v2_date_exited…", "hs_v2_cumulative_time_in…", "hs_v2_latest_time_in…",
        "Fecha de entrada en…", "Fecha de salida de…", "Tiempo acumulado en…",
        "Último tiempo en…",
      ]
    ),
    (
      .hubSpot, .forecast,
      [
        "Deal Probability", "Weighted Amount in Company Currency", "Forecast Probability",
        "Manual Forecast Category", "Probabilidad del negocio",
      ]
    ),
    (
      .hubSpot, .score,
      [
        "HubSpot Score", "Likelihood to Close", "Contact Priority",
        "Predictive Lead Score", "hs_predictivecontactscore", "hs_predictivescoringtier",
        "Puntuación de HubSpot", "Puntuación del lead", "Puntuación del contacto",
        "Probabilidad de compra", "Prioridad del contacto",
      ]
    ),
    (
      .hubSpot, .lastTouch,
      [
        "Last Engagement Date", "Recent Sales Email Clicked Date",
        "Recent Sales Email Replied Date",
        "Date of Last Meeting Booked", "Last Meeting Booked", "Fecha de última interacción",
      ]
    ),
    (
      .pipedrive, .closing,
      [
        "Deal Closed On", "Deal Won Time", "Deal Lost Time", "Deal Close Time", "Deal Lost Reason",
        "Won On", "Lost On", "Deal Expected Close Date", "Expected Close Date",
        "Trato cerrado el", "Hora de ganado", "Hora de perdido", "Fecha prevista de cierre",
        "Fecha de cierre prevista", "Fecha de cierre esperada", "Ganado el", "Perdido el",
      ]
    ),
    (
      .pipedrive, .value,
      [
        "Deal Weighted Value", "Won Deals Value", "Deal Product Amount",
        "Valor ponderado del trato", "Valor de productos",
      ]
    ),
    (
      .pipedrive, .customer,
      [
        "Won Deals", "Lost Deals", "Closed Deals", "Open Deals", "Person Won Deals",
        "Person Lost Deals", "Person Closed Deals", "Organization Won Deals",
        "Organization Lost Deals", "Organization Closed Deals", "Total Activities",
        "Done Activities", "Tratos ganados", "Tratos perdidos", "Tratos cerrados",
        "Negocios ganados", "Negocios perdidos", "Negocios cerrados",
      ]
    ),
    (
      .pipedrive, .stage,
      [
        "Stage Change Time", "Deal Stage Change Time", "Rotten Time", "Days in Current Stage",
        "Cambio de etapa", "Hora de cambio de etapa",
      ]
    ),
    (
      .salesforce, .customer,
      [
        "Converted Date", "Converted Account Id", "Converted Contact Id",
        "Converted Opportunity Id", "Converted Account", "Converted Contact",
        "Converted Opportunity", "Opportunity Id", "Opportunity Name", "Opportunity Amount",
        "Number of Opportunities", "Fecha convertida", "Cuenta convertida", "Contacto convertido",
        "Oportunidad convertida", "Nombre de la oportunidad", "Importe de la oportunidad",
      ]
    ),
    (
      .salesforce, .closing,
      [
        "Has Opportunity Line Item", "Fiscal Quarter", "Fiscal Year", "Fiscal Period",
        "Trimestre fiscal", "Año fiscal", "Periodo fiscal",
      ]
    ),
    (
      .salesforce, .forecast,
      [
        "Forecast Category Name", "Expected Amount", "Nombre de categoría de pronóstico",
        "Importe esperado",
      ]
    ),
    (
      .salesforce, .lastTouch,
      [
        "Last Viewed Date", "Last Referenced Date", "System Modstamp", "Last Stage Change Date",
        "Last Amount Changed History Id", "Last Close Date Changed History Id",
      ]
    ),
  ]
}

/// By the letters of the name; the first of several wins.
private let columnByName: [String: PostOutcomeColumn] = Dictionary(
  PostOutcomeColumn.all.filter { !$0.name.hasSuffix("…") }
    .map { (columnNameWords($0.name).joined(), $0) },
  uniquingKeysWith: { first, _ in first })

private let prefixes: [(prefix: String, column: PostOutcomeColumn)] =
  PostOutcomeColumn.all.filter { $0.name.hasSuffix("…") }
  .map { (columnNameWords($0.name).joined(), $0) }
