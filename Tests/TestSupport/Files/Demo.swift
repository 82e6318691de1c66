/// The demo pair: the model that `scripts/test` fetches, and what the repository has for it.
public enum Demo {
    public static var isPresent: Bool { SharedData.demoModel != nil }
    /// The model's path; empty where it is absent.
    public static var modelPath: String { SharedData.demoModel ?? "" }
    /// Trained by `scripts/demo/train.py`.
    public static let adapterPath = package + "/scripts/demo/adapter"
    /// Tickets with their right answers, never used in training.
    public static let testSetPath = package + "/scripts/demo/tickets-test.jsonl"
    /// The folder of this package's sources.
    public static let package =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
}
