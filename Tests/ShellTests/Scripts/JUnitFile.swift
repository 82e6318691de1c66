import Foundation
import FoundationXML

/// A JUnit file as a CI system reads it.
final class JUnitFile: NSObject, XMLParserDelegate {
    struct Case {
        let name: String
        var failure: String?
    }

    private(set) var cases: [Case] = []
    private(set) var properties: [String] = []
    private(set) var failures = 0
    private(set) var errors = 0
    private var text = ""

    struct Malformed: Error {}

    init(path: String) throws {
        super.init()
        let parser = XMLParser(data: try Data(contentsOf: URL(filePath: path)))
        parser.delegate = self
        guard parser.parse() else { throw Malformed() }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        text = ""
        switch name {
        case "testsuites":
            failures = attributes["failures"].flatMap { Int($0) } ?? -1
            errors = attributes["errors"].flatMap { Int($0) } ?? -1
        case "testcase": cases.append(Case(name: attributes["name"] ?? ""))
        case "property": properties.append(attributes["name"] ?? "")
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        if name == "failure" { cases[cases.count - 1].failure = text }
    }
}
