// The feature table of a GenBank record, read in one pass over its lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/record.hpp>

#include "lines.hpp"

namespace leaven::seq {

/// Text as it is kept: lines parted by "\n".
std::string kept_lines(std::string_view text, bool windows);

class FeatureTable {
public:
    FeatureTable(Record& record, bool windows) : record_(record), windows_(windows) {}

    /// Adds the features to the record, all but their locations; the layout of the record is known.
    void read(Lines& lines);

    /// Gives the features their locations, when the length and topology of the record are known. `name` stands for the
    /// file in errors; what is to be said of the table is added to `warnings`.
    Status place(const std::string& name, std::vector<Warning>& warnings);

private:
    /// A location as its lines stand in the file.
    struct Place {
        std::int64_t line;
        std::string_view text;
        std::int64_t end;  // of a span that is placed already; 0 otherwise
    };
    /// A qualifier as its lines stand in the file.
    struct Written {
        enum class Shape : std::uint8_t {
            line,    // one line that stands where and as it would be written
            folded,  // /name="text" over several lines in their place; the folds are not looked at
            any,
        };
        std::string_view text{};
        std::int64_t line = 0;  // its first
        std::int64_t lines = 1;
        std::size_t equals = 0;  // offset of the first "=" in the text, or its size; not of `any`
        Shape shape = Shape::any;
        Qualifier::Form form = Qualifier::Form::quoted;  // not of `any`
    };

    void read_feature(Lines& lines);
    void read_qualifiers(Lines& lines, Feature& feature);
    void collect_plain(Lines& lines);
    void collect_any(Lines& lines);
    [[nodiscard]] bool is_plain(std::string_view rest, Written& out) const;
    [[nodiscard]] bool is_quoted(std::string_view rest, Written& out) const;
    [[nodiscard]] bool ends_with_line(std::string_view rest, std::size_t size) const;
    [[nodiscard]] bool continues(std::string_view line) const;
    [[nodiscard]] std::size_t location_column(std::string_view line) const;
    [[nodiscard]] bool is_standard_head(std::string_view head, std::string_view type) const;

    void add_qualifier(Feature& feature, const Written& written);
    void add_any(Feature& feature, const Written& written);

    Status place(Feature& feature, const Place& place, const std::string& name);
    [[nodiscard]] std::int64_t place_plainly(Location& location, std::string_view text) const;
    void keep_location(Feature& feature, std::string_view written, bool packed) const;
    [[nodiscard]] std::size_t indent() const { return to_size(record_.layout.indent); }

    Record& record_;
    bool windows_;  // lines end in "\r\n"
    std::vector<Place> places_;
    std::vector<Written> written_;  // of one feature
    std::string unfolded_;
    std::vector<Warning> remarks_;
};

}  // namespace leaven::seq
