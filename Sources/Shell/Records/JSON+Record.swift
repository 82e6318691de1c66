import Basics

extension JSON {
    /// An event as journals and recordings keep it: its name stands under `type`, and the type of a
    /// variant's weights under `weight_type`.
    var record: JSON {
        guard let event = self["event"], let members = object?.members else { return self }
        var record = JSONObject()
        record["type"] = event
        for (key, value) in members where key != "event" {
            record[key == "type" ? "weight_type" : key] = value
        }
        return .object(record)
    }

    func adding(_ key: String, _ value: JSON) -> JSON {
        guard case .object(var object) = self else { return self }
        object[key] = value
        return .object(object)
    }

    /// With the other object's members after its own.
    func merging(_ other: JSON) -> JSON {
        (other.object?.members ?? []).reduce(self) { $0.adding($1.key, $1.value) }
    }
}
