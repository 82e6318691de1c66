"""Texts for the metric references: hand-written pairs, passages, and words for the stemmer."""

# (what it probes, prediction, reference)
PAIRS = [
    ("both empty", "", ""),
    ("prediction empty", "", "The kettle is on the stove."),
    ("reference empty", "The kettle is on the stove.", ""),
    ("only spaces", "   ", "two words"),
    ("only newlines", "\n\n", "two words"),
    ("spaces on both sides", " \t ", "  \n"),
    ("one word, same", "yes", "yes"),
    ("one word, different", "yes", "no"),
    ("one word, case", "Yes", "yes"),
    ("one word, full stop", "yes.", "yes"),
    ("one letter", "a", "a"),
    ("one digit", "7", "7"),
    ("two words, same", "quiet morning", "quiet morning"),
    ("two words, swapped", "morning quiet", "quiet morning"),
    ("three words", "one small step", "one small step"),
    ("four words, same", "we meet at noon", "we meet at noon"),
    ("four words, one off", "we meet at ten", "we meet at noon"),
    ("five words, same", "the ferry leaves at dawn", "the ferry leaves at dawn"),
    ("identical sentence", "The baker opened her shop before the sun came up.",
     "The baker opened her shop before the sun came up."),
    ("identical but for case", "THE BAKER OPENED HER SHOP BEFORE THE SUN CAME UP.",
     "The baker opened her shop before the sun came up."),
    ("identical but for punctuation", "The baker opened her shop before the sun came up!?",
     "The baker, opened her shop; before the sun came up."),
    ("nothing shared", "Copper wires hum in winter", "My neighbour paints tiny boats"),
    ("stems only", "She was running and jumped happily over fences",
     "She runs, jumping happy over the fence"),
    ("stems of short words", "cats dogs pies dies lies ties", "cat dog pie die lie tie"),
    ("short words stay unstemmed", "his was has does goes", "hi wa ha doe goe"),
    ("plural and past", "The engineers tested the bridges and noted the loads",
     "The engineer tests the bridge and notes the load"),
    ("reordered clauses", "After lunch the committee voted to adjourn",
     "The committee voted to adjourn after lunch"),
    ("prediction much longer",
     "The answer is Oslo, which as you may know is the capital of Norway, a kingdom in the north "
     "of Europe with many fjords, long winters, and a great love of skiing and of coffee.", "Oslo"),
    ("reference much longer", "Oslo",
     "The answer is Oslo, which as you may know is the capital of Norway, a kingdom in the north "
     "of Europe with many fjords, long winters, and a great love of skiing and of coffee."),
    ("brevity penalty", "The orchard has forty trees",
     "The orchard behind the old school has forty trees and a broken gate"),
    ("repeats in the prediction", "the the the the the the the", "the cat is on the roof"),
    ("repeats in both", "row row row your boat row", "row your row boat row row"),
    ("repeated bigram", "tick tock tick tock tick tock", "tick tock said the clock"),
    ("prefix", "The train from Lyon arrives", "The train from Lyon arrives at platform nine"),
    ("suffix", "arrives at platform nine", "The train from Lyon arrives at platform nine"),
    ("middle", "from Lyon arrives at", "The train from Lyon arrives at platform nine"),
    ("numbers", "It costs 12.50 euros for 3 tickets", "It costs 12.50 euros for 4 tickets"),
    ("thousands", "1,250,000 people live there", "1250000 people live there"),
    ("decimal at the end", "The ratio is 3.14.", "The ratio is 3.14"),
    ("percent and currency", "Prices rose by 4.2% to $19.99", "Prices rose 4.2 % to 19.99 $"),
    ("number then dash", "pages 10-12 and 14-", "pages 10 - 12 and 14 -"),
    ("date", "2023-04-05 at 09:30", "2023/04/05 at 9:30"),
    ("phone number", "Call +49 (0)30 555-0199 now", "Call +49 30 5550199 now"),
    ("version numbers", "upgrade from v1.2.3 to v1.3.0-rc1", "upgrade from 1.2.3 to 1.3.0"),
    ("number words", "twenty-one guests and 2nd helpings", "21 guests and second helpings"),
    ("fractions", "½ cup of sugar and 1/4 cup of oil", "1/2 cup of sugar and ¼ cup of oil"),
    ("hyphens", "a well-known, state-of-the-art method", "a well known state of the art method"),
    ("hyphen at line end", "The co-\noperative opened", "The cooperative opened"),
    ("apostrophes", "It's John's book, isn't it?", "It is the book of John, is it not?"),
    ("curly apostrophes", "It’s John’s book, isn’t it?", "It's John's book, isn't it?"),
    ("quotes", '"Wait," she said, "I forgot the keys."', "Wait, she said, I forgot the keys."),
    ("curly quotes", "“Wait,” she said, “I forgot the keys.”",
     '"Wait," she said, "I forgot the keys."'),
    ("entities", "salt &amp; pepper &lt;fresh&gt; &quot;now&quot;", 'salt & pepper <fresh> "now"'),
    ("skipped tag", "one <skipped> two", "one two"),
    ("only punctuation", "?!...", "?!..."),
    ("only punctuation, different", "...", "!!!"),
    ("punctuation against words", "...", "three dots"),
    ("brackets", "f(x) = [a, b] {c}", "f (x) = [a b] { c }"),
    ("code", "for (int i = 0; i < n; ++i) sum += a[i];", "for i in range(n): total += a[i]"),
    ("path", "/usr/local/bin/tool --flag=3", "/usr/bin/tool --flag 3"),
    ("address", "Write to ann@example.org or see https://example.org/a?b=c",
     "Write to ann at example.org, see https://example.org/a"),
    ("underscores", "snake_case_name and _private", "snake case name and private"),
    ("slashes", "and/or either/or", "and or either or"),
    ("ellipsis character", "Well… maybe", "Well... maybe"),
    ("long dash", "rain — then sun", "rain - then sun"),
    ("two lines, same", "Milk and bread\nEggs and flour", "Milk and bread\nEggs and flour"),
    ("two lines, swapped", "Eggs and flour\nMilk and bread", "Milk and bread\nEggs and flour"),
    ("lines joined", "Milk and bread Eggs and flour", "Milk and bread\nEggs and flour"),
    ("empty lines between", "Milk\n\n\nEggs\n", "Milk\nEggs"),
    ("carriage returns", "Milk and bread\r\nEggs and flour\r\n", "Milk and bread\nEggs and flour"),
    ("list", "1. Soak the beans\n2. Boil for an hour\n3. Add salt",
     "- Boil the beans for an hour\n- Salt them"),
    ("line union", "the red fox runs\nthe red hen sleeps\na fox sleeps",
     "the red fox sleeps\nthe hen runs at night"),
    ("three against one line", "Dogs bark.\nCats purr.\nBirds sing.",
     "Dogs bark, cats purr and birds sing."),
    ("markdown", "**Answer:** `42`\n\n> because *reasons*", "Answer: 42 because reasons"),
    ("tabs", "name\tvalue\nspeed\t12", "name value\nspeed 12"),
    ("form feed and vertical tab", "one\x0btwo\x0cthree four", "one two three four"),
    ("separators of ASCII", "one\x1ctwo\x1dthree\x1efour\x1ffive", "one two three four five"),
    ("next line", "one\x85two three", "one two three"),
    ("no-break space", "ten\u00a0km of road", "ten km of road"),
    ("thin space", "ten\u2009km of good road", "ten km of good road"),
    ("ideographic space", "ten\u3000km of good road", "ten km of good road"),
    ("zero-width space", "ten\u200bkm of good road", "ten km of good road"),
    ("line separator", "first line\u2028second line here", "first line\nsecond line here"),
    ("byte order mark", "\ufeffHello to you all", "Hello to you all"),
    ("soft hyphen", "co\u00adoperation is key here", "cooperation is key here"),
    ("accents", "Le café était fermé à midi", "Le cafe etait ferme a midi"),
    ("accents, same", "Le café était fermé à midi", "Le café était fermé à midi"),
    ("composed and decomposed", "caf\u00e9 cr\u00e8me br\u00fbl\u00e9e encore",
     "cafe\u0301 cre\u0300me bru\u0302le\u0301e encore"),
    ("German", "Die Straße über den Fluß ist größer", "Die Strasse ueber den Fluss ist groesser"),
    ("capital sharp s", "STRASSE GROẞ und klein", "straße groß und klein"),
    ("Turkish dotted I", "İstanbul ve Izmir güzel", "istanbul ve ızmir güzel"),
    ("Kelvin and long s", "at 300 \u212a the ſystem is warm", "at 300 K the system is warm"),
    ("Greek final sigma", "ΟΔΥΣΣΕΥΣ ΚΑΙ ΣΟΦΟΣ", "οδυσσευς και σοφος"),
    ("Greek", "Η θάλασσα είναι ήρεμη σήμερα", "Η θάλασσα ήταν ήρεμη χθες"),
    ("Russian", "Снег шёл всю ночь и всё утро", "Снег шел всю ночь и утро"),
    ("Russian, same", "Снег шёл всю ночь", "Снег шёл всю ночь"),
    ("Chinese", "今天下午我们去河边散步。", "今天我们去河边散步了。"),
    ("Chinese, same", "今天下午我们去河边散步。", "今天下午我们去河边散步。"),
    ("Chinese with digits", "会议在3月15日举行", "会议于 3 月 15 日举行"),
    ("Japanese", "駅の前で友だちを待っています。", "駅で友だちを待ちました。"),
    ("Korean", "내일은 비가 올 것 같아요", "내일 비가 올까요"),
    ("Arabic", "القطار يصل في الساعة الخامسة", "يصل القطار الساعة الخامسة"),
    ("Hebrew", "הספר מונח על השולחן", "הספר על השולחן"),
    ("Hindi", "किताब मेज़ पर रखी है", "किताब मेज पर है"),
    ("Thai", "วันนี้อากาศดีมาก", "วันนี้อากาศร้อน"),
    ("mixed scripts", "The word дом means house, 家 too", "The word дом is house, 家 also"),
    ("full-width letters", "Ｈｅｌｌｏ ｗｏｒｌｄ １２３ ok", "Hello world 123 ok"),
    ("ligature", "the ﬁrst ﬂoor oﬃce", "the first floor office"),
    ("superscripts", "x² + y³ = z", "x2 + y3 = z"),
    ("Roman numerals", "Chapter Ⅳ begins here", "Chapter IV begins here"),
    ("Arabic-Indic digits", "عدد ٤٥ قطعة", "عدد 45 قطعة"),
    ("emoji", "Great job 🎉🎉 see you 👋", "Great job 🎉 see you 👋"),
    ("emoji only", "🎉", "🎉"),
    ("emoji sequence", "the 👩‍👩‍👧‍👦 family is here", "the 👪 family is here"),
    ("emoji skin tone", "wave 👋🏽 to all now", "wave 👋 to all now"),
    ("flag", "from 🇳🇴 with love always", "from 🇸🇪 with love always"),
    ("variation selector", "sun ☀️ and rain ☂ today", "sun ☀ and rain ☂️ today"),
    ("mathematics", "∀x ∈ ℝ: x² ≥ 0 holds", "for all real x, x² ≥ 0 holds"),
    ("letter-like symbols", "№ 5, ™ and ℃ signs", "No 5, TM and °C signs"),
    ("null character", "a\x00b c d e", "a b c d e"),
    ("escape sequence", "\x1b[31mred\x1b[0m text is here", "red text is here"),
    ("backslashes", "C:\\temp\\new and \\n", "C:/temp/new and newline"),
    ("very long word", "pneumono" * 12 + " is a word", "pneumono" * 12 + " was a word"),
    ("camel case", "camelCaseName and HTTPServer", "camel case name and http server"),
    ("abbreviations", "The U.S. and the U.K. signed, e.g. in D.C.",
     "The US and the UK signed, eg in DC"),
    ("initials", "J. R. Hartley wrote it", "J.R. Hartley wrote it"),
    ("ordinal", "the 1st, 2nd and 3rd doors", "the first, second and third doors"),
    ("time", "at 7:45 p.m. sharp", "at 7.45 pm sharp"),
    ("temperature", "-12.5 degrees outside", "minus 12.5 degrees outside"),
    ("scientific notation", "6.02e23 and 1.6E-19 units", "6.02 x 10^23 and 1.6e-19 units"),
    ("multiple dots", "Wait.... what.. no.", "Wait. What. No."),
    ("colon form", "Category: billing", "Category: billing"),
    ("colon form, wrong label", "Category: shipping", "Category: billing"),
    ("colon form, chatty", "The category of this ticket is billing.", "Category: billing"),
    ("negation", "The alarm was not triggered", "The alarm was triggered"),
    ("question", "Who painted the hall and when?", "When was the hall painted, and by whom?"),
    ("answer sentence", "It was painted by Ilse Brandt in 1931.", "Ilse Brandt painted it, in 1931"),
    ("wrong year", "It was painted by Ilse Brandt in 1913.", "Ilse Brandt painted it, in 1931"),
    ("article differences", "a bird sat on the branch of an oak", "the bird sat on a branch of the oak"),
    ("British and American", "The colour of the theatre's centre", "The color of the theater's center"),
    ("y to i", "happy happier happiest flies flying tried trying dry dryly",
     "happily happiness fly flew try tries drier dries"),
    ("ational and izer", "relational conditional digitizer organization operator feudalism",
     "relate condition digitize organize operate feudal"),
    ("special stems", "skies dying lying tying news innings outings", "sky die lie tie new inning outing"),
    ("exceed family", "proceeding exceeded succeeds canning howes", "proceed exceed succeed cans howe"),
    ("double letters", "hopping hoping tanned falling hissing fizzed", "hop hope tan fall hiss fizz"),
    ("words with digits", "mp3s and h2o and 4ever and b2bs", "mp3 and h2o and 4evers and b2b"),
    ("punctuation inside a word", "rock'n'roll and O'Brien and A-B-C", "rock n roll and O Brien and A B C"),
]

# Passages of several sentences; the recorder drops, doubles, swaps and replaces their words.
PASSAGES = [
    "The lighthouse keeper kept a diary for thirty years. He noted the wind, the ships that passed, "
    "and the price of lamp oil. On quiet days he wrote about the gulls, which he had numbered and "
    "named. Nobody read the diary until his granddaughter found it in a tin box.",
    "To repair a flat tyre, take the wheel off and let the remaining air out.\nLift one side of the "
    "tyre over the rim with two levers.\nPull the tube out, pump it up, and listen for the leak.\n"
    "Roughen the spot, spread the glue, wait five minutes, and press the patch on.",
    "Quarterly revenue grew 8.4% to $312.6 million, while costs fell by 1.9%. The board approved a "
    "dividend of $0.35 per share, payable on 15 March. Analysts had expected growth of about 6%.",
    "Photosynthesis turns light, water and carbon dioxide into sugar and oxygen. It happens in the "
    "chloroplasts, where chlorophyll absorbs mostly red and blue light; that's why leaves look green.",
    "My order #4471-B arrived two weeks late, and the box was open. Inside there were 3 cups instead "
    "of 6, one of them cracked. I'd like a refund, please, or the missing cups by Friday!",
    "In the village above the valley, people count the winters rather than the years. A child of nine "
    "winters may carry wood; one of twelve may carry news; and one of sixteen may carry a quarrel all "
    "the way to the judge, who lives below and is seldom in a good temper.",
    "The committee met on Tuesday. It discussed the budget, the roof and the choir.\n\nThe roof will "
    "be repaired in June. The choir asked for new chairs; the request was postponed. The budget was "
    "accepted with nine votes against four.",
    "def area(w, h): return w * h  # nothing clever. Called with w=3 and h=4 it returns 12; called "
    "with strings it raises TypeError, which the caller must handle.",
    "Le musée ouvre à neuf heures. On y trouve des cartes anciennes, des herbiers et une pendule qui "
    "retarde. Le gardien, très aimable, explique tout — même ce qu'on ne lui demande pas.",
    "Die Bäckerei an der Ecke schließt früher als sonst. Übrig bleiben meistens Brötchen, die der "
    "Bäcker verschenkt. Wer zu spät kommt, hört nur noch das Läuten der Tür.",
    "Осенью река становится тихой. Рыбаки сидят на берегу до темноты, пьют чай из термоса и говорят "
    "мало. Рыбы обычно тоже мало, но никто не жалуется.",
    "Remember: unplug the device first! Then (and only then) open the cover; the capacitor holds up "
    "to 400 V for several minutes. Discharge it with a 10-kΩ resistor. Don't use a screwdriver.",
]

# Roots and endings of words for the stemmer.
ROOTS = ["relat", "condition", "digit", "organ", "oper", "activ", "hope", "hop", "fil", "fail", "agre",
         "plast", "sens", "communic", "electr", "adjust", "depend", "vietnam", "radic", "control"]
ENDINGS = ["", "e", "es", "ed", "ing", "ation", "ational", "ization", "izer", "iveness", "fulness",
           "ousness", "alism", "ality", "ical", "ment", "ement", "ently", "ability", "logi"]
WORDS = """
skies sky dying lying tying vying news inning innings outing outings canning cannings howe howes proceed
exceed succeed proceeds exceeded succeeding idly gently ugly early only singly flies fly flying cries
cried cry crying tries dies died ties tied lies lied pies spied spies ties enjoy enjoys enjoyed toys
caresses caress ponies pony cats cat gas gases bus buses this thus his has was is as us yes less
feed agreed bled plastered motoring sing sings singing ring king thing conflated troubled sized
hopping tanned falling hissing fizzed failing filing happy happily happiness sad sadly rational valency
hesitancy digitizer conformably radically differently vilely analogously vietnamization predication
operator feudalism decisiveness hopefulness callousness formality sensitivity sensibility triplicate
formative formalize electricity electrical hopeful goodness revival allowance inference airliner
gyroscopic adjustable defensible irritant replacement adjustment dependent adoption homologous
communism activate angularity homologou effective bowdlerize probate rate cease controlling roll rolling
oscillate oscillators generalizations generously university universal universe organization organ
apologies apology analogies logic logical logician geology geologist theology astrology able ably bible
possible possibly noble nobly feebly humbly assembly really fully dully awfully skilfully meal mealy
fluently eloquent silently moment momentary cement element elementary document documents abasement
yard yellow boy boys buy buys guy saying says said sayer ayes eye eyes eyed dye dyed dyeing dyes bye
queue queues queueing argue argued argues arguing argument rescue rescued sue sued bees bee see sees
seeing seen free freed freely trees knee knees ee eed seed seeds need needs needed indeed steed greed
a i ab at be on ox abs axe axes ace aces aed bed beds red reds led ing ring rings ed ings s ss sss
mp3 mp3s h2o 4ever b2b 10th 1990s 42 000 3d x1ing 7ed ab12ies q1y zzz xylophones rhythm rhythms syzygy
mississippi bookkeeping bookkeepers committee committees llamas tttt eeee oooing aaaed yyying yying
""".split()
