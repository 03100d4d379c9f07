import ArgumentParser
import Interleave

/// The memory models as they are written on a command line.
enum ModelName: String, ExpressibleByArgument, CaseIterable {
  case sc, tso, ra

  /// The model.
  var model: MemoryModel {
    switch self {
    case .sc: .sequential
    case .tso: .totalStoreOrder
    case .ra: .releaseAcquire
    }
  }
}
