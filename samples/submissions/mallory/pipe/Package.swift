// swift-tools-version: 6.1
import Foundation
try "owned".write(toFile: "/tmp/owned", atomically: true, encoding: .utf8)
