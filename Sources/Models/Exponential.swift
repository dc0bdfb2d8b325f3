import Glibc

/// `exp`, in one place, so that every probability is computed the same way.
@inlinable
public func exponential(_ value: Double) -> Double {
  Glibc.exp(value)
}
