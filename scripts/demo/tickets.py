"""The demo task: which team handles a customer's ticket? All texts were written for this project.
usage: tickets.py   checks the texts and writes tickets-test.jsonl (prompt, reference)"""
import json
import pathlib
import random

HERE = pathlib.Path(__file__).resolve().parent
TEST_SET = HERE / "tickets-test.jsonl"

OPENINGS = ["Hello,", "Hi!", "Dear team,", "Good morning.", "hey,", "Dear Sir or Madam,", "Hi there,"]
ASIDES = [
    "My customer number is 48213.", "I have been a customer for years.", "It is rather urgent.",
    "I already wrote to you last week.", "I hope you can help me.", "This is about the lamp Alma.",
    "I could not find an answer on your site.", "My wife asks as well.", "It is for our office.",
]
CLOSINGS = ["Thanks!", "Kind regards, Tom", "Please help.", "Best, Ines", "thank you", "Waiting for your reply."]


def read(name):
    """The lines of a file of tickets, by team."""
    teams = {}
    for line in (HERE / "tickets" / name).read_text().splitlines():
        if line.startswith("["):
            lines = teams.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return teams


TRAIN, TEST = read("train.txt"), read("test.txt")


def prompt(ticket):
    return (
        f'Which team handles this ticket? Answer "Team: X", with X one of {", ".join(TEST)}.\n\n'
        f"Ticket: {ticket}"
    )


def varied(sentence, team, rng):
    """A ticket around `sentence`: with or without greeting, aside, second sentence, closing."""
    parts = [sentence]
    if rng.random() < 0.2:
        parts.append(rng.choice(TRAIN[team]))
    if rng.random() < 0.35:
        parts.insert(rng.randrange(len(parts) + 1), rng.choice(ASIDES))
    if rng.random() < 0.4:
        parts.insert(0, rng.choice(OPENINGS))
    if rng.random() < 0.35:
        parts.append(rng.choice(CLOSINGS))
    ticket = " ".join(parts)
    if rng.random() < 0.15:
        ticket = ticket.lower()
    return ticket.rstrip(".") if rng.random() < 0.15 else ticket


def training_pairs(seed, rounds):
    """(prompt, answer) pairs: every sentence of train.txt `rounds` times, each time in another ticket."""
    rng = random.Random(seed)
    pairs = [
        (prompt(varied(sentence, team, rng)), f"Team: {team}")
        for team, sentences in TRAIN.items() for sentence in sentences for _ in range(rounds)
    ]
    rng.shuffle(pairs)
    return pairs


def test_pairs():
    return [(prompt(ticket), f"Team: {team}") for team, tickets in TEST.items() for ticket in tickets]


def check():
    assert list(TRAIN) == list(TEST)
    def plain(text):
        return "".join(c for c in text.lower() if c.isalnum())
    train = {plain(s) for sentences in TRAIN.values() for s in sentences}
    test = [plain(t) for tickets in TEST.values() for t in tickets]
    assert len(set(test)) == len(test) and not any(s in t for s in train for t in test)


if __name__ == "__main__":
    check()
    with TEST_SET.open("w") as file:
        for number, (text, answer) in enumerate(test_pairs(), 1):
            record = {"id": f"ticket-{number}", "prompt": text, "reference": answer}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(f"{len(test_pairs())} held-out tickets, {sum(map(len, TRAIN.values()))} training sentences")
