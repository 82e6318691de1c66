import Basics
import Testing

struct ByteSizeTests {
    @Test(arguments: [
        (1, "0.0 KiB"), (1536, "1.5 KiB"), (1 << 20, "1.0 MiB"), (98_362_432, "93.8 MiB"),
        (3 << 29, "1.50 GiB"), (17_179_869_184, "16.00 GiB"),
    ])
    func reads(_ count: Int, _ text: String) { #expect(ByteSize.readable(count) == text) }

    @Test(arguments: [1, 1023, 1024, 1025, 3 << 29, 4 << 30, 5 << 40, (1 << 50) + 1, 1 << 61])
    func exactTextsReadBack(_ count: Int) {
        #expect(ByteSize.parse(ByteSize.exact(count)) == count)
    }

    @Test(arguments: ["", "4", "G", "-1G", "0G", "1e3M", "4 G", "4GG", "infG", "9999999999G", "4Ｇ"])
    func refuses(_ text: String) { #expect(ByteSize.parse(text) == nil) }
}
