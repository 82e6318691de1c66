// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target builds in Swift 6 mode with warnings as errors.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// The numeric loops are always optimised: an unoptimised engine is too slow to test anything with.
let optimised: [CSetting] = [
    .unsafeFlags(["-O3", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror"])
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], references: Bool = false
) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.init(stringLiteral: name)] + dependencies,
        exclude: references ? ["References"] : [],
        swiftSettings: strict)
}

let package = Package(
    name: "tandem",
    products: [
        .executable(name: "tandem", targets: ["tandem"]),
        .library(name: "DiskFaults", type: .dynamic, targets: ["CDiskFaults"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(name: "CLibedit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(
            name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .target(
            name: "CCrypto", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
            linkerSettings: [.linkedLibrary("dl")]),
        .target(
            name: "CLibcurl", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
            linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CText", cSettings: optimised),
        .target(name: "CKernels", cSettings: optimised),
        module("Basics", ["CCrypto", "CPCRE2", "CText"]),
        module("ModelFiles", ["Basics"]),
        module("Tokenizers", ["Basics"]),
        .target(
            name: "Inference", dependencies: ["Basics", "ModelFiles", "CKernels"],
            exclude: ["README.md"], swiftSettings: strict),
        module("HTTP", ["Basics", "CLibcurl"]),
        module("LanguageModels", ["Basics", "ModelFiles", "Tokenizers", "Inference", "HTTP"]),
        module("Metrics", ["Basics", "CText"]),
        .target(
            name: "Judging", dependencies: ["Basics", "LanguageModels"],
            resources: [.embedInCode("Shipped")], swiftSettings: strict),
        .target(
            name: "Traps", dependencies: ["Basics", "Metrics"],
            resources: [.embedInCode("Shipped")], swiftSettings: strict),
        module("Sessions", ["Basics"]),
        module("LineEditor", ["Basics", "CLibedit"]),
        module(
            "Shell",
            ["Basics", "Judging", "LanguageModels", "Metrics", "Sessions", "Traps", "LineEditor"]),
        .executableTarget(
            name: "tandem",
            dependencies: [
                "Basics", "LanguageModels", "LineEditor", "Sessions", "Shell",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict,
            linkerSettings: [
                .unsafeFlags(["-static-stdlib", "-l_FoundationCShims", "-l_FoundationCollections"])
            ]),
        .target(
            name: "TestSupport", dependencies: ["Basics", "ModelFiles"],
            path: "Tests/TestSupport", swiftSettings: strict),
        .target(name: "CMachineLimits", dependencies: ["CKernels"], cSettings: optimised),
        .executableTarget(
            name: "engine-bench",
            dependencies: [
                "Basics", "ModelFiles", "Inference", "CMachineLimits", "PseudoTerminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "line-editor-probe", dependencies: ["LineEditor"],
            path: "Tests/LineEditorProbe", swiftSettings: strict),
        .target(
            name: "PseudoTerminal", dependencies: ["Basics"], path: "Tests/PseudoTerminal",
            swiftSettings: strict),
        .target(
            name: "LoopbackServer", dependencies: ["Basics"], path: "Tests/LoopbackServer",
            swiftSettings: strict),
        .target(
            name: "CDiskFaults", path: "Tests/DiskFaults",
            cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
            linkerSettings: [.linkedLibrary("dl")]),
        tests("Basics", []),
        tests("ModelFiles", ["Basics", "TestSupport"], references: true),
        tests("Tokenizers", ["Basics", "ModelFiles", "TestSupport"], references: true),
        tests(
            "Inference", ["Basics", "ModelFiles", "CKernels", "TestSupport"], references: true),
        tests(
            "LanguageModels",
            [
                "Basics", "HTTP", "LoopbackServer", "ModelFiles", "Tokenizers", "Inference",
                "TestSupport",
            ],
            references: true),
        tests("HTTP", ["Basics", "LoopbackServer", "TestSupport"]),
        tests("Metrics", ["Basics", "TestSupport"], references: true),
        tests("Judging", ["Basics", "LanguageModels", "LoopbackServer", "TestSupport"]),
        tests("Traps", ["Basics", "Metrics", "TestSupport"]),
        tests("Sessions", ["Basics", "TestSupport"]),
        tests("LineEditor", ["PseudoTerminal"]),
        .testTarget(
            name: "EngineBenchTests",
            dependencies: ["Basics", "PseudoTerminal", "TestSupport", "engine-bench"],
            swiftSettings: strict),
        tests(
            "Shell", ["Basics", "LoopbackServer", "PseudoTerminal", "TestSupport", "Traps"],
            references: true),
    ],
    swiftLanguageModes: [.v6]
)
