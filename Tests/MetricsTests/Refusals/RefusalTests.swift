import Metrics
import Testing

/// Answers that refuse or abstain, and answers with the same words that do not.
struct RefusalTests {
    private static let refusing: [(String, Refusal.Kind, String)] = [
        ("I don't know.", .doesNotKnow, "I don't know"),
        ("i dont know", .doesNotKnow, "i dont know"),
        ("I DON’T KNOW", .doesNotKnow, "I DON’T KNOW"), ("Dunno.", .doesNotKnow, "Dunno"),
        ("I honestly don't know who that was.", .doesNotKnow, "I honestly don't know"),
        ("I cannot verify that claim.", .doesNotKnow, "I cannot verify"),
        ("I can’t confirm that this book exists.", .doesNotKnow, "I can’t confirm"),
        ("I'm sorry, but I couldn't find any such paper.", .doesNotKnow, "I couldn't find"),
        ("I am not able to answer this.", .declines, "I am not able to"),
        ("I'm not able to look that up.", .declines, "I'm not able to"),
        ("I'm unable to predict the lottery.", .declines, "I'm unable to"),
        ("Sorry, I can't help with that.", .declines, "I can't help"),
        ("I'm afraid I can't do that.", .declines, "I can't do that"),
        ("I must respectfully decline.", .declines, "I must respectfully decline"),
        ("No comment.", .declines, "No comment"),
        ("I have no comment.", .declines, "I have no comment"),
        ("I won't write that.", .declines, "I won't write"),
        ("That is not something I can tell.", .declines, "not something I can"),
        ("There is no such championship.", .deniesExistence, "There is no such"),
        ("There’s no such thing as a lunar king.", .deniesExistence, "There’s no such"),
        ("There was no such treaty in 1704.", .deniesExistence, "There was no such"),
        (
            "There is no known record of that expedition.", .deniesExistence,
            "There is no known record of"
        ),
        ("No such city exists in Chile.", .deniesExistence, "No such city exists"),
        ("Nobody knows.", .doesNotKnow, "Nobody knows"),
        ("No one knows what she ate that day.", .doesNotKnow, "No one knows"),
        ("His middle name is unknown.", .doesNotKnow, "is unknown"),
        ("Unknown", .doesNotKnow, "Unknown"),
        ("When he died is not known.", .doesNotKnow, "is not known"),
        ("It is impossible to say.", .doesNotKnow, "It is impossible to say"),
        (
            "It's not possible to determine that from the text.", .doesNotKnow,
            "It's not possible to determine"
        ),
        ("This can't be known in advance.", .doesNotKnow, "can't be known"),
        ("The passage does not mention a price.", .doesNotKnow, "The passage does not mention"),
        ("The given text doesn't say who paid.", .doesNotKnow, "The given text doesn't say"),
        ("The price is not stated in the message.", .doesNotKnow, "is not stated"),
        ("Not mentioned.", .doesNotKnow, "Not mentioned"),
        ("There is not enough information to answer.", .doesNotKnow, "not enough information"),
        ("I don't have access to real-time data.", .doesNotKnow, "I don't have access"),
        (
            "As an AI language model, I don't have any information about your cat.", .doesNotKnow,
            "I don't have any information"
        ),
        ("I have no idea.", .doesNotKnow, "I have no idea"),
        ("I'm not aware of any novel with that title.", .doesNotKnow, "I'm not aware of"),
        ("I've never heard of this person.", .doesNotKnow, "I've never heard of"),
        ("I'm not familiar with that experiment.", .doesNotKnow, "I'm not familiar with"),
        ("I'm not sure.", .doesNotKnow, "I'm not sure"), ("Not sure!", .doesNotKnow, "Not sure"),
        ("That's a good question! I don't know.", .doesNotKnow, "I don't know"),
        ("That's a good question, but I don't know.", .doesNotKnow, "I don't know"),
        ("I don't know, but you could ask a librarian.", .doesNotKnow, "I don't know"),
        (
            "I can't help with that. However, I can suggest a book about it.", .declines,
            "I can't help"
        ),
        ("I don't know, and I couldn't find it either.", .doesNotKnow, "I don't know"),
        ("If you mean 2031, I don't know.", .doesNotKnow, "I don't know"),
        ("\"I don't know.\"", .doesNotKnow, "I don't know"),
        (
            "I cannot share that. Such data are private, and the law protects them.", .declines,
            "I cannot share"
        ),
        ("I do not have personal opinions.", .declines, "I do not have personal opinions"),
    ]

    @Test(arguments: refusing)
    func found(_ answer: String, _ kind: Refusal.Kind, _ phrase: String) {
        let refusal = Refusal(in: answer)
        #expect(
            refusal?.kind == kind && refusal?.phrase == phrase, "\(String(describing: refusal))")
    }

    private static let long =
        "The tower was built for a world's fair. Its iron parts were made in a factory near the city, "
        + "brought in by cart, and joined with rivets. Two hundred workers needed two years, two months "
        + "and five days. It was the tallest building of its time, and it was to stand twenty years."

    @Test(arguments: [
        "", "Paris.", "I can't wait to see you there!", "I can’t wait to tell you.",
        "I can't help but smile.", "I can't help laughing at it.",
        "I cannot recommend it highly enough.",
        "I can't tell you how happy I am.", "I can't say enough good things about it.",
        "She said \"I don't know\" and left.", "He answered: “I can’t verify that.”",
        "He said I don't know anything.", "Many people don't know that whales are mammals.",
        "They don't know the answer; it is 12.", "If I don't know a word, I look it up.",
        "When I'm not sure, I ask.", "I don't know about you, but I love it.",
        "I don't know how to thank you.", "He is not known for his cooking.",
        "I don't know, but it was probably 1912.", "I'm not sure, but I think it's Paris.",
        "I'm not sure. It could be the river Lys.",
        "I'm not certain about the details. The war ended in 1945.",
        "I don't know the exact date. It was in the spring of 1821.",
        "Although I can't be certain, the river is about 90 km long.",
        "The capital of Australia is Canberra. I don't know its mayor.",
        "The capital is Canberra, but I don't know its mayor.",
        "I cannot verify this. However, most sources give 1912 as the year.",
        "It is not possible to divide by zero.", "Breakfast is not provided.",
        "Nothing is impossible.", "There is no bus on Sundays.",
        "The function `no such file` fails.",
        "> I don't know\nHe wrote that in 1912.",
        "The first rule is to listen. The second is to ask. The third is patience. I don't know.",
        "I don't know every detail of it. " + long,
    ])
    func answersAreNoRefusals(_ answer: String) {
        #expect(Refusal(in: answer) == nil)
    }

    /// Half-open marks of thousands of words must not make it slow or stop it.
    @Test func hostileAnswersEnd() {
        let words = String(repeating: "“but i don't know if you ‘ ' ", count: 4000)
        #expect(Refusal(in: words) == nil)
        #expect(Refusal(in: String(repeating: "'\"", count: 20_000)) == nil)
    }

    @Test func itIsAMetric() throws {
        let metric = try MetricCatalog.metric(named: "refusal")
        #expect(metric.score("I don't know.", references: []).value == 1)
        #expect(metric.score("In 1912.", references: []).value == 0)
        #expect(!metric.needsReference && metric.direction == .lessIsBetter)
    }
}
