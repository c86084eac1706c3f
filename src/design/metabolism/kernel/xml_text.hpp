// XML as text, element by element, indented.
//
//     XmlText xml;
//     xml.open("model", {{"id", "toy"}});
//     xml.leaf("parameter", {{"id", "zero"}, {"value", number_text(0)}});
//     xml.close();
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leaven::metabolism {

/// The shortest text that reads back as the same number; INF and -INF as XML Schema writes them.
std::string number_text(double value);

/// As it may stand in XML, in attributes too.
std::string xml_escaped(std::string_view text);

class XmlText {
public:
    /// An attribute with an empty value is left out: no attribute written here means something when empty.
    using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;

    XmlText();

    void open(std::string_view element, const Attributes& attributes = {});
    void close();
    void leaf(std::string_view element, const Attributes& attributes);
    /// An element on one line, with text inside.
    void text(std::string_view element, std::string_view content);
    /// An element on one line, with XML inside that is well-formed already.
    void raw(std::string_view element, const Attributes& attributes, std::string_view content);

    [[nodiscard]] std::string finish() && { return std::move(out_); }

private:
    void begin(std::string_view element, const Attributes& attributes);
    void indent();

    std::string out_;
    std::vector<std::string> open_;
};

}  // namespace leaven::metabolism
