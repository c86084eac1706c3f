// What the lines of a GenBank feature table mean.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

/// A feature as its lines stand in the file.
struct PendingFeature {
    std::int64_t line;
    std::string_view head;      // the key line up to the location
    std::string_view location;  // its lines
    std::size_t qualifiers;     // how many of the list are its own
};

struct PendingQualifier {
    std::string_view text;
    std::int64_t line;   // its first
    std::int64_t lines;  // how many
    std::size_t equals;  // offset in the text of the first "=" of its first line; npos where there is none
    bool closed;         // /name="text" without further quotation marks
};

/// Text as it is kept: lines parted by "\n".
std::string kept_lines(std::string_view text, bool windows);

class FeatureParser {
public:
    struct Source {
        bool windows;  // lines end in "\r\n"
        const std::string& name;
    };
    FeatureParser(Record& record, Source source, std::vector<Warning>& warnings)
        : record_(record), source_(source), warnings_(warnings) {}

    /// Adds the features to the record, whose length and layout are known.
    Status parse(std::span<const PendingFeature> features, std::span<const PendingQualifier> qualifiers);

private:
    Status parse_feature(const PendingFeature& pending, std::span<const PendingQualifier> qualifiers);
    [[nodiscard]] bool reads_simply(const Location& location, std::string_view text) const;
    void keep_location(Feature& feature, std::string_view written, bool packed) const;
    [[nodiscard]] bool is_standard_head(std::string_view head, std::string_view type) const;
    void add_qualifier(Feature& feature, const PendingQualifier& pending);
    bool quick_qualifier(Feature& feature, const PendingQualifier& pending);

    Record& record_;
    Source source_;
    std::vector<Warning>& warnings_;
    std::string unfolded_;
};

}  // namespace leaven::seq
