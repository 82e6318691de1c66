extension RefusalPhrase {
    /// The phrases, those that say more before those that are part of them.
    static let english: [RefusalPhrase] = declining + notKnowing + silentSource + denying

    private static let help =
        "help|assist|provide|give|share|discuss|comment|comply|fulfil|fulfill|respond|write|create|"
        + "generate|offer|complete|participate|engage|speculate|disclose|access|recommend|advise|"
        + "tell|say|reveal|produce"

    private static let declining: [RefusalPhrase] = [
        .init(
            .declines, "i|we can|could not \(help)",
            unless: "but", "feeling|laughing|smiling|thinking|wondering|noticing|loving|falling",
            "myself|ourselves", "you how", "up", "… enough", "without", "that i|we"),
        .init(.declines, "i|we can not do that|this|so"),
        .init(.declines, "i|we am|are not able|allowed|permitted|willing|authorized to"),
        .init(.declines, "i|we am|are unable|unwilling to"),
        .init(.declines, "i|we will not be able to"),
        .init(.declines, "i|we will not help|assist|provide|answer|discuss|engage|do|write|share"),
        .init(.declines, "i|we must|have|would|politely|respectfully … decline|refuse"),
        .init(.declines, "i|we decline|refuse to"), .init(.declines, "i would rather|prefer not"),
        .init(.declines, "i prefer not to"), .init(.declines, "not something i|we can|am"),
        .init(.declines, "i do not have|hold … opinions|beliefs|feelings|preferences|emotions"),
        .init(.declines, "against my … guidelines|policy|programming|principles"),
        .init(.declines, "i have no comment"), .init(.declines, "^ no comment"),
    ]

    private static let find =
        "verify|confirm|determine|identify|locate|find|predict|recall|guess|establish|ascertain|"
        + "trace|know|recognize|recognise|answer"

    private static let notKnowing: [RefusalPhrase] = [
        .init(
            .doesNotKnow,
            "i|we|scientists|historians|researchers|experts|scholars do|did not know",
            unless: "about you|others", "how … thank", "if|whether you", "what i would do",
            "how you", "why you", "where i would be"),
        .init(.doesNotKnow, "^ do not know"),
        .init(.doesNotKnow, "i|we do not recall|recognize|recognise|remember"),
        .init(.doesNotKnow, "i|we can|could not be … sure|certain"),
        .init(
            .doesNotKnow, "i|we can|could not \(find)", unless: "why", "myself", "how … thank",
            "… enough"),
        .init(.doesNotKnow, "i|we can find no"), .init(.doesNotKnow, "i|we found no"),
        .init(.doesNotKnow, "i|we have never heard of"), .init(.doesNotKnow, "i have not heard of"),
        .init(.doesNotKnow, "i|we am|are not aware of|that"),
        .init(.doesNotKnow, "i|we am|are unaware of"),
        .init(.doesNotKnow, "i|we am|are not … sure|certain"),
        .init(.doesNotKnow, "i|we am|are unsure|uncertain"),
        .init(.doesNotKnow, "i am not … familiar with"),
        .init(.doesNotKnow, "i am unfamiliar with"),
        .init(
            .doesNotKnow,
            "i|we do not have|possess … information|knowledge|data|record|records|details|idea|"
                + "answer|access|way|ability|capability|capacity|clue"),
        .init(
            .doesNotKnow,
            "i|we have no … information|knowledge|record|records|data|idea|way|access|answer|clue|"
                + "details|memory"),
        .init(.doesNotKnow, "i|we need more … information|context|details"),
        .init(.doesNotKnow, "not enough|sufficient … information|context|data|detail|details"),
        .init(.doesNotKnow, "insufficient … information|context|data|detail|evidence"),
        .init(.doesNotKnow, "it is not known"),
        .init(
            .doesNotKnow,
            "it is not|impossible … to say|know|tell|determine|answer|verify|predict|identify"),
        .init(.doesNotKnow, "is|are|was|were|remains|remain unknown|unclear"),
        .init(.doesNotKnow, "is|are not known", unless: "for|as", "to be"),
        .init(.doesNotKnow, "is|are not publicly|precisely|exactly|certainly known"),
        .init(.doesNotKnow, "there is no way … know|knowing|tell|telling|determine|verify"),
        .init(.doesNotKnow, "nobody knows"), .init(.doesNotKnow, "no one knows"),
        .init(
            .doesNotKnow,
            "can not be … known|determined|answered|verified|predicted|confirmed|established"),
        .init(.doesNotKnow, "^ unknown"), .init(.doesNotKnow, "^ no idea|answer|information"),
        .init(.doesNotKnow, "^ unable to"), .init(.doesNotKnow, "^ can not \(find)|say|tell|be"),
        .init(.doesNotKnow, "^ not sure|certain|known|mentioned|stated|given|specified|available"),
    ]

    private static let source =
        "text|passage|context|document|article|excerpt|paragraph|information|note|message|email|"
        + "letter|report|notice|memo|question|source|material"

    /// A given text that does not say it.
    private static let silentSource: [RefusalPhrase] = [
        .init(
            .doesNotKnow,
            "the|this|your … \(source) does|do|did not … say|mention|state|specify|provide|give|tell|"
                + "include|contain|indicate|name|reveal|identify|explain|disclose"),
        .init(.doesNotKnow, "it does not … say|mention|state|specify"),
        .init(
            .doesNotKnow, "is|are|was|were not … mentioned|stated|specified|disclosed|indicated"),
        .init(
            .doesNotKnow, "is|are|was|were not given|provided|included|named in|by the|this|your"),
    ]

    private static let denying: [RefusalPhrase] = [
        .init(.deniesExistence, "there is|was|are|were no such"),
        .init(.deniesExistence, "there has|have never been … such"),
        .init(.deniesExistence, "there never was|were … such"),
        .init(.deniesExistence, "no such … exists|exist|existed"),
        .init(.deniesExistence, "i do not believe|think there is|was|are … such"),
        .init(.deniesExistence, "there is|are|was|were no … record|records|trace of"),
    ]
}
