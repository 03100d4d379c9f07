import LabKernel
import Testing

@Suite struct TimeTests {
  @Test(arguments: [
    (Duration.milliseconds(4), "4 ms"), (.microseconds(1500), "1500 us"), (.seconds(2), "2 s"), (.zero, "0 ns"),
    (.nanoseconds(7), "7 ns"), (.milliseconds(1000), "1 s"),
  ])
  func `a duration is written in the largest unit in which it is whole`(_ duration: Duration, _ text: String) {
    #expect(duration.description == text)
  }

  @Test func `an instant and a duration add up, and instants differ by a duration`() {
    let start = Instant(nanoseconds: 500)
    let end = start + .microseconds(2)
    #expect(end.nanoseconds == 2500)
    #expect(end - start == .microseconds(2))
    #expect(start < end)
  }

  @Test func `durations are added, subtracted and multiplied`() {
    var duration = Duration.milliseconds(3)
    duration += .milliseconds(2)
    duration -= .milliseconds(1)
    #expect(duration == .milliseconds(4))
    #expect(duration * 3 == .milliseconds(10) + .milliseconds(2))
    #expect(Duration.milliseconds(3) - .milliseconds(5) < .zero)
  }
}
