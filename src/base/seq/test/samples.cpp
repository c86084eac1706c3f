#include "samples.hpp"

#include <algorithm>

#include "byte_source.hpp"

namespace leaven::seq::testing {

std::string bytes_of(const std::filesystem::path& path) {
    auto source = ByteSource::open(path);
    EXPECT_TRUE(source.has_value());
    EXPECT_TRUE(source->grow_to_end().has_value());
    return std::string(source->window());
}

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder,
                                               const std::vector<std::string>& endings) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        auto name = entry.path();
        if (name.extension() == ".gz") name.replace_extension();
        if (entry.is_regular_file() &&
            std::find(endings.begin(), endings.end(), name.extension().string()) != endings.end())
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string random_bases(std::size_t least, std::size_t most, const std::string& letters) {
    const auto size = *rc::gen::inRange(least, most + 1);
    return *rc::gen::container<std::string>(size, rc::gen::elementOf(letters));
}

std::string other_strand(const std::string& bases) {
    const std::string from = "ACGTRYSWKMBDHVN";
    const std::string to = "TGCAYRSWMKVHDBN";
    std::string out;
    for (auto c = bases.rbegin(); c != bases.rend(); ++c) out += to[from.find(*c)];
    return out;
}

}  // namespace leaven::seq::testing
