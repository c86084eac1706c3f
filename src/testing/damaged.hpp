// Damaged files for tests of readers.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

namespace leaven::testing {

/// As many as `usual`; LEAVEN_FUZZ=20 makes them twenty times as many.
inline int fuzz_rounds(int usual) {
    const char* factor = std::getenv("LEAVEN_FUZZ");
    return usual * (factor == nullptr ? 1 : std::max(1, std::atoi(factor)));
}

/// Flips, cuts, doublings, swaps and additions of a few bytes.
inline std::string damaged(std::string bytes, std::mt19937_64& random) {
    constexpr std::string_view odd = "0123456789.<>()^,:\"'/\n\t@{}[]\r =#%;+-&\\_";
    const auto at = [&] { return bytes.empty() ? 0 : static_cast<std::size_t>(random() % bytes.size()); };
    for (auto changes = 1 + random() % 6; changes > 0 && !bytes.empty(); --changes) switch (random() % 12) {
            case 0:
            case 1:
                bytes[at()] = static_cast<char>(random());
                break;
            case 2:
            case 3:
                bytes.erase(at(), random() % 40);
                break;
            case 4:
            case 5:
                bytes.insert(at(), bytes.substr(at(), random() % 40));
                break;
            case 6:
            case 7:
                bytes[at()] = odd[random() % odd.size()];
                break;
            case 8:
            case 9:
                bytes.insert(at(), 1, odd[random() % odd.size()]);
                break;
            case 10:
                bytes.insert(at(), bytes.substr(at()));  // and all that follows
                break;
            default:
                bytes.resize(at());
                break;
        }
    return bytes;
}

}  // namespace leaven::testing
