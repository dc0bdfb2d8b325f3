import CMalloc

/// What was freed, and the C library still holds.
public enum FreedMemory {
  /// Has blocks of a mebibyte and more returned to the system as soon as they are freed.
  ///
  /// Left to itself, the C library keeps larger and larger blocks (up to 32 MiB) on its heap once some
  /// were freed, where what lies behind them keeps them in memory: a fit of 800,000 leads would hold
  /// 80 MB that nothing uses. To be called before any thread starts.
  public static func returnEarly() {
    _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
  }

  /// Gives the free pages of all heaps back to the system: after a stage that leaves many small blocks
  /// behind, before one that needs large ones. Takes some milliseconds.
  static func returnToSystem() { _ = malloc_trim(0) }
}
