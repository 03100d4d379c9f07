import ArgumentParser
import Desk

extension ColorChoice: ExpressibleByArgument {}
