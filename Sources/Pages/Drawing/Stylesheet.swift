/// The one style sheet of all pages: light and dark, phone, desk and paper.
///
/// Blue and orange keep apart for all common kinds of colour blindness; shapes and dashes say the same
/// once more. Every text has a contrast of at least 4.5 on what it stands on, in both themes.
enum Stylesheet {
  static let css = colours + page + parts + drawings + media

  private static let light: KeyValuePairs = [
    "bg": "#fff", "panel": "#f5f6f8", "ink": "#16202b", "muted": "#55616e", "line": "#dfe3e8",
    "axis": "#8a96a3", "model": "#0a5ea8", "rules": "#a84a00", "both": "#5c6670",
    "good": "#166b3a", "bad": "#a3261b",
  ]

  private static let dark: KeyValuePairs = [
    "bg": "#0f151c", "panel": "#18202a", "ink": "#e8edf3", "muted": "#a5b2c0", "line": "#2a3542",
    "axis": "#7e8c9b", "model": "#74b9ff", "rules": "#f6a75c", "both": "#a9b5c1",
    "good": "#7fd3a0", "bad": "#ff9d91",
  ]

  private static let colours = """
    :root{color-scheme:light dark;\(named(light))}
    @media (prefers-color-scheme:dark){:root{\(named(dark))}}
    @media print{:root{color-scheme:light;\(named(light))}}

    """

  private static func named(_ colours: KeyValuePairs<String, String>) -> String {
    colours.map { "--\($0.key):\($0.value)" }.joined(separator: ";")
  }

  /// Of a drawing that stands by itself: colours are said where they are used, for what reads drawings beside
  /// browsers knows no names of colours.
  static let drawing = """
    svg.file{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",
    "Liberation Sans",Arial,sans-serif;max-width:100%;height:auto}
    .file text{font-size:13px;font-variant-numeric:tabular-nums}
    .file .heading{font-size:16px;font-weight:700} .file .strong{font-weight:600}
    .file .small,.file .tick{font-size:12px}
    .file .shape-line{fill:none;stroke-width:2.5;stroke-linejoin:round}
    \(coloured(by: light))
    @media (prefers-color-scheme:dark){\(coloured(by: dark))}

    """

  private static func coloured(by colours: KeyValuePairs<String, String>) -> String {
    let rules = [
      ("ground", "fill", "bg"), ("small", "fill", "muted"), ("tick", "fill", "muted"),
      ("note", "fill", "muted"), ("axis", "stroke", "axis"), ("grid", "stroke", "line"),
      ("shape-line", "stroke", "model"), ("up-bar", "fill", "model"),
      ("down-bar", "fill", "rules"),
    ]
    func said(_ selector: String, _ property: String, _ name: String) -> String {
      let colour = colours.first { $0.key == name }?.value ?? ""
      return ".file \(selector){\(property):\(colour)}"
    }
    return
      ([said("text", "fill", "ink")] + rules.map { said(".\($0.0)", $0.1, $0.2) })
      .joined(separator: "\n")
  }

  private static let page = """
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--ink);
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",
    "Liberation Sans",Arial,sans-serif;-webkit-text-size-adjust:100%}
    main,header,footer{max-width:800px;margin:0 auto;padding:0 24px}
    header{padding-top:56px}
    .eyebrow{margin:0 0 14px;color:var(--muted);font-size:14px;font-weight:600;letter-spacing:.01em}
    h1{margin:0 0 18px;font-size:clamp(26px,4.6vw,38px);line-height:1.2;font-weight:700;
    letter-spacing:-.018em;text-wrap:balance}
    h1 .model,.model-word{color:var(--model)} h1 .rules,.rules-word{color:var(--rules)}
    main,header{overflow-wrap:anywhere}
    header p{margin:0 0 8px;max-width:66ch;color:var(--muted)}
    section{margin-top:64px}
    h2{margin:0 0 4px;font-size:23px;line-height:1.3;letter-spacing:-.01em}
    h3{margin:28px 0 8px;font-size:16px;line-height:1.4}
    .lead{margin:0 0 20px;color:var(--muted);max-width:66ch}
    .aside{margin:10px 0 0;color:var(--muted);font-size:14px}
    .said{margin:0 0 14px;max-width:66ch}
    ul.notes{margin:0 0 16px;padding-left:20px;max-width:70ch} ul.notes li{margin-bottom:6px}
    footer{margin-top:72px;padding-top:20px;padding-bottom:48px;color:var(--muted);font-size:14px;
    overflow-wrap:anywhere}

    """

  private static let parts = """
    .tiles{display:grid;grid-template-columns:1fr 1fr;gap:16px;margin-top:32px}
    .tile{background:var(--panel);border-radius:10px;padding:18px 20px}
    .tile h2{font-size:15px;font-weight:600;margin:0 0 14px;letter-spacing:0}
    .tile p{margin:12px 0 0;font-size:14px;color:var(--muted)}
    .duel{display:grid;grid-template-columns:auto 1fr auto;gap:8px 12px;align-items:center;
    font-size:15px}
    .duel .track{height:14px;border-radius:3px;background:var(--line);overflow:hidden}
    .duel .fill{height:100%;border-radius:3px} .fill.model{background:var(--model)}
    .fill.rules{background:var(--rules)}
    .duel b{font-size:19px;font-variant-numeric:tabular-nums;text-align:right}
    .legend{display:flex;flex-wrap:wrap;gap:6px 22px;margin:0 0 10px;padding:0;list-style:none;
    font-size:14px;color:var(--muted)} .legend svg{width:28px;height:12px;margin-right:8px;
    vertical-align:-1px;display:inline-block}
    .pair{display:grid;grid-template-columns:1fr 1fr;gap:32px}
    figure{margin:0;break-inside:avoid} figcaption{font-weight:600;font-size:15px;margin-bottom:6px}
    details{margin-top:14px;border-top:1px solid var(--line)} details+details{margin-top:0}
    details:last-of-type{border-bottom:1px solid var(--line)}
    summary{cursor:pointer;padding:9px 0;color:var(--muted);font-size:14px;font-weight:600}
    summary:hover{color:var(--ink)} :focus-visible{outline:2px solid var(--model);outline-offset:2px}
    details p{margin:2px 0 14px;max-width:66ch;font-size:15px}
    .scroll{overflow-x:auto;margin:4px 0 16px}
    table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums;
    overflow-wrap:break-word}
    caption{text-align:left;font-weight:600;padding:8px 0}
    th,td{padding:7px 10px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
    th:first-child{padding-left:0} tr>:last-child{padding-right:0}
    thead th{color:var(--muted);font-weight:600;vertical-align:bottom}
    tr.asked>*{background:var(--panel);font-weight:700} tbody th{font-weight:500} .n{text-align:right}
    .swaps{display:grid;grid-template-columns:1fr 1fr;gap:12px 32px;margin-top:8px}
    .swaps ol{margin:0;padding:0;list-style:none} .swaps li{padding:12px 0;
    border-top:1px solid var(--line);font-size:14px;overflow-wrap:anywhere}
    .swaps li p{margin:4px 0 0;color:var(--muted)} .who{display:flex;gap:10px;
    justify-content:space-between;align-items:baseline} .who b{font-size:15px}
    .bought{color:var(--good);font-weight:600;white-space:nowrap}
    .not{color:var(--muted);white-space:nowrap}
    .caution{background:var(--panel);border-radius:10px;padding:18px 22px}
    .caution h2{font-size:17px;margin-bottom:8px} .caution ul{margin:0;padding-left:18px}

    """

  private static let drawings = """
    svg{display:block;width:100%;height:auto} svg.slim{display:none} svg.only{max-width:420px}
    svg text{font-size:13px;fill:var(--ink);font-variant-numeric:tabular-nums}
    svg .tick,svg .axis-title,svg .note,svg .small{fill:var(--muted)}
    svg .tick,svg .axis-title,svg .small,svg .remark{font-size:12px} svg .small{fill:var(--ink)}
    svg .label,svg .remark{paint-order:stroke;stroke:var(--bg);stroke-width:3px}
    svg .strong{font-weight:600;stroke:none} svg .remark{fill:var(--muted)} svg .alarm{fill:var(--bad)}
    svg .model-text,svg .rules-text{font-size:14px;font-weight:600;paint-order:stroke;
    stroke:var(--bg);stroke-width:4px;stroke-linejoin:round} svg .model-text{fill:var(--model)}
    svg .rules-text{fill:var(--rules)}
    .axis{stroke:var(--axis)} .grid,.row-line{stroke:var(--line)} .reference{stroke:var(--axis);
    stroke-dasharray:2 3;stroke-width:1.5} .marker{stroke:var(--axis);stroke-dasharray:3 3}
    .chance{stroke:var(--axis);stroke-width:1.5;stroke-dasharray:1 5;stroke-linecap:round}
    .model-line,.model-thin{fill:none;stroke:var(--model);stroke-width:2.5;stroke-linejoin:round}
    .rules-line,.rules-thin{fill:none;stroke:var(--rules);stroke-width:2.5;stroke-linejoin:round;
    stroke-dasharray:7 4} .model-thin,.rules-thin{stroke-width:1.2;opacity:.6}
    .model-band{fill:var(--model);opacity:.16} .rules-band{fill:var(--rules);opacity:.16}
    .plate{fill:var(--bg);opacity:.8}
    .model-dot,.model-bar{fill:var(--model)} .rules-dot,.rules-bar{fill:var(--rules)}
    .quiet-dot{fill:var(--both)} .both-bar{fill:var(--both)}
    .bad-dot{fill:var(--bad)} .bad-whisker{stroke:var(--bad);stroke-width:2}
    .model-dot,.rules-dot,.quiet-dot,.bad-dot{stroke:var(--bg);stroke-width:1.2}
    .model-bar,.rules-bar,.both-bar{opacity:.62}
    .model-whisker{stroke:var(--model);stroke-width:2;opacity:.75}
    .rules-whisker{stroke:var(--rules);stroke-width:2;opacity:.75}
    .quiet-whisker{stroke:var(--both);stroke-width:2;opacity:.6} .whisker{stroke:var(--ink);
    stroke-width:1.3} .expected-dot{fill:var(--bg);stroke:var(--ink);stroke-width:1.8}
    .heat-cell{fill:var(--model)} .empty-cell{fill:var(--panel)}

    """

  private static let media = """
    @media (max-width:640px){main,header,footer{padding-left:18px;padding-right:18px}
    header{padding-top:32px} section{margin-top:48px} .tiles,.pair,.swaps{grid-template-columns:1fr}
    svg.wide{display:none} svg.slim{display:block} svg.only{max-width:none}
    th,td{padding:7px 6px;font-size:13px}}
    @media print{body{font-size:11pt} header{padding-top:0} main,header,footer{max-width:none;
    padding-left:0;padding-right:0} section{margin-top:24pt}
    h2,h3,.lead,.legend,figcaption{break-after:avoid} .swaps li,tr,.tile{break-inside:avoid}
    svg.wide{max-width:160mm} details{display:none}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact} @page{margin:16mm}}

    """
}
