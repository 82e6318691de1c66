import Glibc

extension Array where Element == Int32 {
    /// How many tokens both begin with.
    /// - Complexity: O(result), compared by the block.
    package func sharedPrefixCount(with other: [Int32]) -> Int {
        let limit = Swift.min(count, other.count)
        return withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { two in
                guard let one = one.baseAddress, let two = two.baseAddress else { return 0 }
                let block = 64
                var shared = 0
                while shared + block <= limit, memcmp(one + shared, two + shared, block * 4) == 0 {
                    shared += block
                }
                while shared < limit, one[shared] == two[shared] { shared += 1 }
                return shared
            }
        }
    }
}
