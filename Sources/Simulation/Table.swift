/// A table of a fixed number of values, read and written in place: an array without the question,
/// at each write, whether somebody else shares it.
///
/// Unsafe storage. Invariants: `storage` holds `count` initialised slots from the first day to the
/// last; every access checks its place.
@usableFromInline struct Table<Value>: ~Copyable {
  @usableFromInline let storage: UnsafeMutablePointer<Value>
  @usableFromInline let count: Int

  /// A table of some values.
  @inlinable init(_ values: some Collection<Value>) {
    count = values.count
    storage = .allocate(capacity: max(count, 1))
    var place = storage
    for value in values {
      place.initialize(to: value)
      place += 1
    }
  }

  @inlinable deinit {
    storage.deinitialize(count: count)
    storage.deallocate()
  }

  @inlinable subscript(place: Int) -> Value {
    @inline(__always) _read {
      precondition(place >= 0 && place < count)
      yield storage[place]
    }
    @inline(__always) _modify {
      precondition(place >= 0 && place < count)
      yield &storage[place]
    }
  }

  /// Puts other values, as many, in the place of all.
  @inlinable mutating func replaceAll(with values: ContiguousArray<Value>) {
    precondition(values.count == count)
    values.withUnsafeBufferPointer { values in
      guard let first = values.baseAddress else { return }
      storage.update(from: first, count: count)
    }
  }

  /// All values, in order.
  @inlinable var all: ContiguousArray<Value> {
    ContiguousArray(UnsafeBufferPointer(start: storage, count: count))
  }
}
