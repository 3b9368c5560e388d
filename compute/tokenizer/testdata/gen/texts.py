"""The strings that the vectors are made of: synthetic, from a fixed seed."""

import random

SCRIPTS = [
    "The quick brown fox jumps over the lazy dog", "Größe, Straße, Fußgängerübergänge", "Où est la bibliothèque? Ça va, naïve façade",
    "El niño comió piñas en la mañana; ¿qué más?", "Příliš žluťoučký kůň úpěl ďábelské ódy", "Zażółć gęślą jaźń", "Pijamalı hasta yağız şoföre çabucak güvendi İıiI",
    "Съешь же ещё этих мягких французских булок", "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία ΐΰ", "איזה כיף לשמוע אותך בַּבַּיִת", "نص حكيم له سر قاطع وذو شأن عظيم ١٢٣٤٥", "پیش‌فرض فارسی ۱۲۳",
    "ऋषियों को सताने वाले दुष्ट राक्षस क्षत्रिय १२३", "আমি বাংলায় গান গাই ৪৫৬", "தமிழ் மொழி ௧௨௩", "ภาษาไทยง่ายนิดเดียว ๑๒๓", "ພາສາລາວ ໑໒", "မြန်မာဘာသာ", "ភាសាខ្មែរ", "བོད་སྐད་", "ქართული ენა", "Հայերեն լեզու",
    "いろはにほへと ちりぬるを カタカナ ﾊﾝｶｸ", "我能吞下玻璃而不伤身体。你好，世界！", "繁體中文測試，標點「引號」", "키스의 고유조건은 입술끼리 만나야 하고", "각 한글 자모 한글", "Tiếng Việt: ắ ằ ẳ ẵ ặ Việt Nam", "አማርኛ ፩፪፫", "ᏣᎳᎩ", "ᐃᓄᒃᑎᑐᑦ", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝟙𝟚𝟛 𝒳", "𐌰𐌱𐌲 𒀀𒁀 𓀀𓀁", "①②③ Ⅷ ½ ²³ ㊿",
]
EMOJI = ["😀", "👩‍👩‍👧‍👦", "👍🏽", "🇩🇪🇯🇵", "❤️", "☃", "🏳️‍🌈", "1️⃣", "🫠", "🧑🏿‍🚀", "\U0001fae8", "🤷‍♀️", "©", "™", "‼️"]
MARKS = ["\u0301", "\u0308", "\u0323", "\u0302", "\u0327", "\u0338", "\u20d7", "\u0345", "\u05b4", "\u064b", "\u093c", "\u0e38", "\u3099", "\u1dce", "\u0334", "\u035c"]
SPACES = [" ", "  ", "   ", "\t", "\n", "\r\n", "\n\n", " \n", "\n ", "\u00a0", "\u3000", "\u2003", "\u0085", "\u2028", "\v", "\f", "\u200b", "\ufeff", "\u180e", "\r", "\t\t", "        ", "\u1680", "\u202f"]
CONTRACTIONS = ["'s", "'S", "'t", "'T", "'re", "'RE", "'Re", "'ve", "'vE", "'m", "'M", "'ll", "'LL", "'lL", "'d", "'D", "'\u017f", "'x", "''", "' s", "\u2019s", "'k", "'\u212a", "'\ufb06", "'ss", "'r", "'l", "'v"]
PUNCT = list(".,;:!?-_=+*/\\|()[]{}<>@#$%^&~`\"'") + ["...", "--", "//", "/*", "*/", ":=", "==", "->", "=>", "&&", "||", "!=", "</", "/>", "«", "»", "…", "—", "„", "、", "。", "¿", "§", "€", "£", "°", "±"]
WORDS = "the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so up said what its about than into them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many off before must well back through years where much your way down should because long each just state those people too mr how little good world make very year still see own work men day get here old between both life being under three never know same last another while us might great go come since against right came take used himself few house use during without again place around however home small found thought went say part once general high upon school every user password token request response server client error string return buffer context package function interface struct import config attack injection validation encryption authentication authorization session cookie header".split()
CODE = ["func", "return", "if", "err", "!=", "nil", "{", "}", "(", ")", "[]byte", "string", "int64", "0xFF", "1_000", "3.14e-9", "i++", "fmt.Println", "ctx", "self", "__init__", "def", "class", "lambda", "=>", "const", "#include", "<stdio.h>", "\\n", "%d", "SELECT", "FROM", "WHERE", "camelCase", "PascalCase", "snake_case", "SCREAMING_SNAKE", "kebab-case", "std::vector<int>", "&mut", "x86_64", "https://example.org/a?b=c&d=e#f", "user@example.org", "/usr/local/bin", "C:\\Windows", "v1.2.3-rc.4"]


def digits(r):
    return "".join(r.choice("0123456789") for _ in range(r.randint(1, 14)))


def sentence(r):
    out = []
    for _ in range(r.randint(2, 14)):
        w = r.choice(WORDS)
        k = r.random()
        if k < 0.12:
            w = w.capitalize()
        elif k < 0.16:
            w = w.upper()
        elif k < 0.2:
            w += r.choice(WORDS).capitalize()
        if r.random() < 0.12:
            w += r.choice(CONTRACTIONS)
        if r.random() < 0.15:
            w += r.choice(PUNCT)
        if r.random() < 0.06:
            w = digits(r)
        out.append(w)
    return " ".join(out)


def code(r):
    out = []
    for _ in range(r.randint(1, 4)):
        out.append(r.choice(["", "\t", "\t\t", "    ", "        "]) + r.choice(["", " ", ""]).join(r.choice(CODE + WORDS) + r.choice(["", "", " ", ".", "_"]) for _ in range(r.randint(1, 7))))
    return r.choice(["\n", "\n", "\r\n", "\n\n"]).join(out)


def mixed(r):
    pool = [lambda: r.choice(SCRIPTS), lambda: r.choice(EMOJI), lambda: r.choice(SPACES), lambda: r.choice(PUNCT), lambda: r.choice(WORDS), lambda: digits(r), lambda: r.choice(CONTRACTIONS), lambda: r.choice("aeiouAnN가がकअ") + "".join(r.choice(MARKS) for _ in range(r.randint(1, 4)))]
    out = ""
    for _ in range(r.randint(1, 9)):
        s = r.choice(pool)()
        if len(s) > 12:
            a = r.randrange(len(s))
            s = s[a : a + r.randint(1, 12)]
        out += s
    return out


def anychar(r):
    while True:
        c = r.choice([r.randrange(0x80), r.randrange(0x800), r.randrange(0x10000), r.randrange(0x20000), r.randrange(0x110000)])
        if not 0xD800 <= c <= 0xDFFF:
            return chr(c)


FIXED = ["", " ", "  ", "\n", "\t", "a", "'", "'s", " '", "\u0000", "\u007f", "\ufffd", "\U0010ffff", "\ufeff", "▁", "▁▁", " ▁a", "a▁b", "<0x41>", "<unk>", "Ġ", "Ċ", "<s>", "</s>", "a" * 300, " " * 200, "\n" * 100, "ab" * 120, "0" * 100, "=" * 130, "é" * 90, "字" * 100, "😀" * 40,
         "e" + "\u0301" * 45, "q" + "\u0323\u0302" * 30 + " x", "\u0301" * 40, "a" + "".join(MARKS * 3) + "b", "\uac00\u11a8", "\u1100\u1161\u11a8", "\u0dd9\u0dcf\u0dca", "\u212b\u2126\u212a", "\ufb01 \ufb06", "\u0344", "\u1e9b\u0323", "\u0f73\u0f75", "\u09c7\u09be", "\U0001d15e", "\U00011938", "\U000116d0\U000105c0\U00010d40 \u1c89 \ua7cb", "ǅ ǈ ﬀ ß ẞ ſ"]

SPECIALS = ["<|endoftext|>", "<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>", "<tool_call>", "<s>", "</s>", "<unk>", "<mask>", "<one>", "OpenLedger", "caf\u00e9", "cafe\u0301", "two words", "<|im_", "<|", "|>", "<fim>", "\u00e9\u00e0"]


def specials(r):
    out = ""
    for _ in range(r.randint(1, 7)):
        k = r.random()
        if k < 0.55:
            out += r.choice(SPECIALS)
        elif k < 0.75:
            out += r.choice(SPACES[:8])
        else:
            out += r.choice([sentence(r)[:20], r.choice(SCRIPTS)[:10], r.choice(PUNCT), r.choice("aZ0_ßʼ\u0301")])
    return out


def texts():
    r = random.Random(20260101)
    out = list(FIXED) + list(SCRIPTS) + EMOJI + CONTRACTIONS + SPACES
    out += [sentence(r) for _ in range(800)]
    out += [code(r) for _ in range(500)]
    out += [mixed(r) for _ in range(900)]
    out += ["".join(r.choice(SPACES + ["a", ".", "1", "é", "'s"]) for _ in range(r.randint(1, 12))) for _ in range(300)]
    out += ["".join(chr(r.randrange(32, 127)) for _ in range(r.randint(1, 30))) for _ in range(250)]
    out += ["".join(anychar(r) for _ in range(r.randint(1, 12))) for _ in range(250)]
    out += ["".join(r.choice(CONTRACTIONS + WORDS[:40] + [" "]) for _ in range(r.randint(1, 8))) for _ in range(150)]
    out += [specials(r) for _ in range(400)]
    return out
