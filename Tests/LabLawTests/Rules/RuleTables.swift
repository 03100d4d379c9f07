// Made from the manifests of the labs by `labs-cli dev derive`.

extension RuleTable {
  /// The tables of all labs that have rules.
  static let all: [RuleTable] = [
    .pids,
    .execImage,
    .realtime,
    .ticketLock,
    .waitQueue,
    .seqlock,
    .rcu,
    .rtMutex,
    .buddy,
    .pipe,
  ]
}
