internal import LabKernel

// How a session makes the calls of an operation.
extension PIDLab.Session {
  mutating func answer(to operation: PIDLab.Operation) -> PIDAnswer {
    switch operation {
    case .makeNamespace(let name, let parent): return make([name], in: parent, keeping: true)
    case .churnNamespaces(let times, let parent):
      return make(Array(repeating: PIDLab.passing, count: times), in: parent, keeping: false)
    case .allocate(let first, let count, let name):
      return allocate(Array(first..<first + count), in: name, keeping: true)
    case .churn(let times, let name):
      return allocate(Array(repeating: PIDLab.passing, count: times), in: name, keeping: false)
    case .free(let first, let count):
      for pid in first..<first + count where pids[pid] != nil { free(pid) }
      return .done
    case .retain(let name):
      return change(name, "retain") {
        $0.retain($1)
      } after: {
        $0.retain(name)
      }
    case .close(let name):
      return change(name, "close") {
        $0.close($1)
      } after: { _ in
      }
    case .release(let name):
      let answer = change(name, "release") {
        $0.release($1)
      } after: { _ in
      }
      forget(census.release(name))
      return answer
    case .number(let pid, let name): return .number(number(of: pid, in: name))
    case .home(let pid): return home(pid)
    case .find(let number, let name): return find(number, in: name, exactly: true)
    case .findAtOrAbove(let number, let name): return find(number, in: name, exactly: false)
    case .list(let name): return .listed(list(name))
    case .place(let name): return place(of: name)
    }
  }

  private mutating func make(_ names: [Int], in parent: Int, keeping: Bool) -> PIDAnswer {
    guard let around = namespaces[parent] else { return .skipped }
    var handles = NewHandles()
    for name in names {
      log.willCall("makeNamespace(in: \(around.raw))")
      do throws(Errno) {
        let new = try allocator.makeNamespace(in: around)
        handles.add(Int(new.raw), sameAs: namesOfNamespaces[new])
        if keeping {
          (namespaces[name], namesOfNamespaces[new]) = (new, name)
          census.make(name, in: parent)
        } else {
          log.willCall("release(\(new.raw))")
          allocator.release(new)
        }
      } catch {
        return .threw(error)
      }
    }
    return .namespaces(handles)
  }

  private mutating func allocate(_ names: [Int], in name: Int, keeping: Bool) -> PIDAnswer {
    let chain = census.chain(from: name).compactMap { namespaces[$0] }
    guard let home = chain.first else { return .skipped }
    var given = GivenPIDs(levels: chain.count)
    for pid in names {
      log.willCall("allocate(in: \(home.raw))")
      do throws(Errno) {
        let new = try allocator.allocate(in: home)
        given.handles.add(Int(new.raw), sameAs: namesOfPIDs[new])
        for (level, namespace) in chain.enumerated() {
          log.willCall("number(of: \(new.raw), in: \(namespace.raw))")
          given.numbers[level].append(Int(allocator.number(of: new, in: namespace)))
        }
        if keeping {
          (pids[pid], namesOfPIDs[new]) = (new, pid)
          census.allocate(pid, in: name)
        } else {
          log.willCall("free(\(new.raw))")
          allocator.free(new)
        }
      } catch {
        given.error = error
        break
      }
    }
    return .given(given)
  }

  private mutating func free(_ pid: Int) {
    guard let handle = pids.removeValue(forKey: pid) else { return }
    log.willCall("free(\(handle.raw))")
    allocator.free(handle)
    if namesOfPIDs[handle] == pid { namesOfPIDs[handle] = nil }
    forget(census.free(pid))
  }

  private mutating func forget(_ names: [Int]) {
    for name in names {
      guard let handle = namespaces.removeValue(forKey: name) else { continue }
      if namesOfNamespaces[handle] == name { namesOfNamespaces[handle] = nil }
    }
  }

  private mutating func change(
    _ name: Int, _ call: String, _ make: (inout any PIDAllocator, PIDNamespaceID) -> Void,
    after: (inout PIDCensus) -> Void
  ) -> PIDAnswer {
    guard let namespace = namespaces[name] else { return .skipped }
    log.willCall("\(call)(\(namespace.raw))")
    make(&allocator, namespace)
    after(&census)
    return .done
  }

  private func number(of pid: Int, in name: Int) -> Int {
    guard let handle = pids[pid], let namespace = namespaces[name] else { return 0 }
    log.willCall("number(of: \(handle.raw), in: \(namespace.raw))")
    return Int(allocator.number(of: handle, in: namespace))
  }

  private func home(_ pid: Int) -> PIDAnswer {
    guard let handle = pids[pid] else { return .skipped }
    log.willCall("namespace(of: \(handle.raw))")
    let namespace = allocator.namespace(of: handle)
    return namesOfNamespaces[namespace].map(PIDAnswer.namespace) ?? .stranger(Int(namespace.raw))
  }

  private func find(_ number: Int, in name: Int, exactly: Bool) -> PIDAnswer {
    guard let namespace = namespaces[name] else { return .skipped }
    log.willCall("find(\(exactly ? "" : "atOrAbove: ")\(number), in: \(namespace.raw))")
    let found = exactly ? allocator.find(number, in: namespace) : allocator.find(atOrAbove: number, in: namespace)
    guard let found else { return .none }
    return namesOfPIDs[found].map(PIDAnswer.pid) ?? .stranger(Int(found.raw))
  }

  /// Follows `find(atOrAbove:)` from number to number, for as long as the numbers grow.
  private func list(_ name: Int) -> ListedPIDs {
    var listed = ListedPIDs()
    guard let namespace = namespaces[name] else { return listed }
    var next = 0
    while next <= limit {
      log.willCall("find(atOrAbove: \(next), in: \(namespace.raw))")
      guard let pid = allocator.find(atOrAbove: next, in: namespace) else { break }
      listed.pids.append(namesOfPIDs[pid] ?? PIDLab.passing)
      guard namesOfPIDs[pid] != nil else { break }
      log.willCall("number(of: \(pid.raw), in: \(namespace.raw))")
      let number = Int(allocator.number(of: pid, in: namespace))
      listed.numbers.append(number)
      guard number >= next else { break }
      next = number + 1
    }
    return listed
  }

  private func place(of name: Int) -> PIDAnswer {
    guard let namespace = namespaces[name] else { return .skipped }
    log.willCall("level(of: \(namespace.raw))")
    let level = allocator.level(of: namespace)
    log.willCall("parent(of: \(namespace.raw))")
    let parent = allocator.parent(of: namespace)
    return .place(level: level, parent: parent.map { namesOfNamespaces[$0] ?? PIDLab.passing })
  }
}

extension PIDLab {
  /// The name of what has none.
  static let passing = -1
}
