"""Prompts for the recorded answers: varied in subject, length, script and layout."""

CHAT = [
    "What is a tide pool?",
    "Name three uses of copper.",
    "Write one sentence about a fox that lives near a lighthouse.",
    "Translate to French: The library closes at six on Saturdays.",
    "What is 17 + 25? Answer with the number only.",
    "List the steps to plant a tulip bulb, as a numbered list.",
    "Why do bakers let bread dough rest before they shape it?",
    "Write a Python function that returns the longest word of a sentence.",
    "A train leaves at 09:15 and arrives at 11:50. How long does the journey take?",
    "Explain to a ten-year-old why the moon changes its shape.",
    "Summarise in one sentence: The town council met for three hours on Monday. It agreed to repair "
    "the old stone bridge, to plant forty lime trees along the river, and to move the weekly market "
    "from the square to the school yard until the work is finished in October.",
    "Which of these is not a fruit: apple, carrot, pear, plum?",
    "Wie heißt die Hauptstadt von Österreich, und an welchem Fluss liegt sie?",
    "请用一句话介绍长城。",
    "My kettle 🫖 whistles even when it's empty… what's wrong with it?!",
    "Rewrite politely:\n\n    send me the report NOW\n\nKeep it under 15 words.",
    "Complete the proverb: A stitch in time",
    "Give me a JSON object with the keys \"name\", \"age\" and \"city\" for a person you make up.",
    "Who won the 1937 chess championship of the Moon?",
    "A spider has eight legs and an ant has six. How many legs do 3 spiders and 2 ants have together? "
    "Think step by step.",
]

# A long text for the recorded logits; the recorder cuts it after 512 tokens.
LONG = """The ferry to the outer islands leaves twice a day in summer and once a week in winter, when the \
sea allows it. Its captain, a small woman with a large voice, has made the crossing eleven thousand times \
by her own count, and she will tell you that no two of them were alike. "The sea has no memory," she says, \
"but it has moods, and you had better learn to read them before breakfast."

On the first of April 2019 the engine failed halfway across. There were thirty-four passengers on board, \
two horses, a piano, and 600 kilograms of mail. The captain let the anchor go at once, which saved them, \
because the current runs at five knots there and the reef called the Comb lies only a mile to the east. \
Then she asked whether anyone could play. A retired postman sat down at the piano, which was wedged \
between crates of lettuce, and for the next three hours he played everything he knew, and then everything \
he half knew, while the mechanic took the fuel pump apart and put it together again.

People on the islands still argue about the cause. The mechanic blames the filter; he wrote in his report:

1. The filter had been changed on 12 March, but with a part for the older engine.
2. The part was 4 mm too short, so that unfiltered fuel went past it.
3. After about 90 hours, rust from the tank reached the pump.

The supplier blames the mechanic. The horses, had they been asked, would have blamed the postman, whose \
waltzes made them restless. What is certain is that nobody was hurt, that the mail was late by one day, \
and that the piano, which had been bound for the school, was so popular with the passengers that the \
company bought a second one and left the first where it was. It's out of tune now; salt air does that. \
Still, on calm evenings you can hear it from the pier, and the people who wait there say to each other: \
she's early today, or she's late, depending on the tune.

If you visit, bring a warm coat, even in July; bring cash, since the only bank closed in 2008; and bring \
something to read. The crossing takes 2 hours and 40 minutes with the wind behind you. Against the wind it \
takes as long as it takes, and the captain does not like to be asked. Tickets cost 18.50 for adults and \
9.25 for children under 12; dogs travel free, provided that they don't bark at the horses. The cafe on the \
upper deck sells soup, rye bread, and a cake made from carrots and walnuts whose recipe has been a secret \
since 1974, although everybody on the islands knows it. The last ferry back leaves at 17:05. Don't miss it.
"""
