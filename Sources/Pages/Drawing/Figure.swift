/// A drawing in two widths, of which the style sheet shows the one that fits, so that letters keep their
/// size on a phone.
struct Figure {
  static let wide = 720.0
  static let narrow = 340.0

  let id: String
  let title: String
  let description: String
  /// Draws at a width in user units, one a CSS pixel.
  let draw: (Double) -> SVGCanvas

  /// Both drawings.
  var html: String {
    svg(width: Self.wide, className: "wide", suffix: "w")
      + svg(width: Self.narrow, className: "slim", suffix: "s")
  }

  /// One drawing that fits everywhere.
  var small: String { svg(width: Self.narrow, className: "only", suffix: "s") }

  private func svg(width: Double, className: String, suffix: String) -> String {
    draw(width).svg(
      id: "\(id)-\(suffix)", title: title, description: description, className: className)
  }
}
