import Basics
import Testing
import Tokenizers

/// What expressions and statements give, as Jinja 3.1 gives it (with trim_blocks and lstrip_blocks).
struct LanguageTests {
    private func render(_ source: String) throws -> String {
        try ChatTemplate(source).render(context: [
            "text": "Hello World", "items": [3, 1, 2], "none": nil,
            "user": ["name": "Ada", "age": 36], "messages": [["role": "user", "content": "hi"]],
        ]).text
    }

    @Test(arguments: [
        ("{{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 2 ** 3 }}", "3 -4 2 3.5 8"),
        ("{{ 1 + 2 ~ 3 }}", ""), ("{{ 'a' ~ 1 + 2 }}", ""),
        ("{{ true }} {{ none }} {{ [1, 'a', {'b': none}] }}", "True None [1, 'a', {'b': None}]"),
        ("{{ text[0] }}{{ text[-1] }}{{ text[::-1] }}{{ text[1:4] }}", "HddlroW olleHell"),
        ("{{ items | sort | join('-') }} {{ items | max }}", "1-2-3 3"),
        ("{{ 1 < 2 < 3 }} {{ 2 in items }} {{ 9 not in items }}", "True True True"),
        ("{{ 'x' if missing else 'y' }}{{ missing }}{{ missing is defined }}", "yFalse"),
        ("{{ missing | default('d') }} {{ none | default('d', true) }}", "d d"),
        (
            "{{ user | tojson }} {{ user | tojson(indent=2) }}",
            "{\"name\": \"Ada\", \"age\": 36} {\n  \"name\": \"Ada\",\n  \"age\": 36\n}"
        ),
        (
            "{% for k, v in user | items %}{{ k }}={{ v }}{{ ',' if not loop.last }}{% endfor %}",
            "name=Ada,age=36"
        ),
        (
            "{% for i in range(5) if i % 2 %}{{ loop.index }}:{{ i }} {% else %}no{% endfor %}",
            "1:1 2:3 "
        ),
        ("{% for i in [] %}{% else %}none{% endfor %}", "none"),
        (
            "{% for i in range(9) %}{% if i == 2 %}{% continue %}{% endif %}"
                + "{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}", "013"
        ),
        (
            "{% set ns = namespace(n=0) %}{% for i in items %}{% set ns.n = ns.n + i %}{% endfor %}"
                + "{{ ns.n }}", "6"
        ),
        ("{% set n = 1 %}{% for i in items %}{% set n = n + 1 %}{% endfor %}{{ n }}", "1"),
        (
            "{% macro f(a, b='z') %}{{ a }}{{ b }}{% endmacro %}{{ f('x') }}{{ f('x', b='y') }}",
            "xzxy"
        ),
        ("{% macro w() %}<{{ caller() }}>{% endmacro %}{% call w() %}in{% endcall %}", "<in>"),
        ("{% set x %}a b{% endset %}{{ x | upper }}", "A B"),
        ("{% filter upper %}abc{% endfilter %}", "ABC"),
        ("  {% if true %}\n a\n  {% endif %}\nb\n", " a\nb"),
        ("a  {%- if true -%}  b  {%- endif %}  c", "ab  c"),
        ("{# note #}\nx{{- ' y ' -}} z", "x y z"),
        (
            "{{ 'a,b,c'.split(',') | length }} {{ ' x '.strip() }}{{ 'ab'.replace('a', 'c') }}",
            "3 xcb"
        ),
        (
            "{{ messages | selectattr('role', 'equalto', 'user') | map(attribute='content') | list }}",
            "['hi']"
        ),
        (
            "{{ '%s has %d' % ('it', 3) }} {{ 'abc'.startswith('ab') }} {{ \"it's\" }}",
            "it has 3 True it's"
        ),
        ("{{ 'a' is string and 1 is number and [] is iterable and {} is mapping }}", "True"),
        ("{{ 1 if 0 }}|{{ not true or 1 }}|{{ (1, 2)[1] }}", "|1|2"),
    ])
    func gives(_ source: String, _ expected: String) throws {
        if expected.isEmpty {
            #expect(throws: TandemError.self, "\(source)") { try render(source) }
        } else {
            #expect(try render(source) == expected, "\(source)")
        }
    }

    @Test(arguments: [
        "{% if x %}", "{{ 1 + }}", "{{ 'open }}", "{% endfor %}", "{% for x %}{% endfor %}", "{{ a",
        "{% include 'x' %}", "{{ 1 | nofilter }}", "{{ missing.attribute }}", "{{ 'x'.__class__ }}",
        "{{ 9223372036854775807 + 1 }}", "{{ range(10 ** 12) }}", "{{ 'x' * 10 ** 9 }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{{ [].pop() }}", "{{ 1 % 0 }}",
        "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
        "{% set x = 'ab' * 1000000 %}{{ x.replace('a', x) }}", "{{ raise_exception('no') }}",
        "{% set l = [] %}{% for i in range(900000) %}{% set _ = l.append('x' * 9999) %}{% endfor %}",
    ])
    func isRefused(_ source: String) {
        #expect(throws: TandemError.self, "\(source)") { try render(source) }
    }

    @Test func nestingIsLimited() {
        let deep = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
        #expect(throws: TandemError.self) { try render("{{ \(deep) }}") }
        #expect(throws: TandemError.self) {
            try render("{{ " + String(repeating: "-", count: 5000) + "1 }}")
        }
        let blocks = String(repeating: "{% if true %}", count: 2000)
        #expect(throws: TandemError.self) { try render(blocks) }
    }

    @Test func errorsNameTheLine() {
        #expect {
            try render("a\nb\n{{ 1 // 0 }}")
        } throws: { ($0 as? TandemError)?.line == 3 }
    }
}
