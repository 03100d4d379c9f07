import CCrypto

/// SHA-256 over byte strings, each preceded by its length, so that no two lists of strings are confused.
package struct ContentHash: ~Copyable {
  private let context: OpaquePointer?

  /// A hash that covers nothing yet.
  package init() {
    context = EVP_MD_CTX_new()
    let isReady = EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(isReady == 1, "libcrypto has no SHA-256")
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds one byte string.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { length in
      _ = EVP_DigestUpdate(context, length.baseAddress, length.count)
    }
    if !bytes.isEmpty { _ = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }
  }

  /// Adds one byte string.
  package mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }
  /// Adds the UTF-8 bytes of a text.
  package mutating func add(_ text: String) { add(Array(text.utf8)) }

  /// The hash, in 64 hexadecimal digits.
  package consuming func hexadecimal() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    _ = EVP_DigestFinal_ex(context, &digest, nil)
    return digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// The hash of `strings`.
  static func of(_ strings: [[UInt8]]) -> String {
    var hash = ContentHash()
    for string in strings { hash.add(string) }
    return hash.hexadecimal()
  }
}
