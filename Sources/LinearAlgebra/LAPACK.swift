import Glibc

/// LAPACKE's constants, whose macros do not import.
enum LAPACK {
  /// `LAPACK_COL_MAJOR`. A row-major upper triangle is a column-major lower one, so no routine has
  /// to transpose.
  static let columnMajor: Int32 = 102
  static let lower = CChar(UInt8(ascii: "L"))
}

/// The natural logarithm, kept apart from types with members of the same name.
enum Logarithm {
  static func natural(_ value: Double) -> Double { Glibc.log(value) }
}
