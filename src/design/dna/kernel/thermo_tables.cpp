#include "thermo_tables.hpp"

#include <charconv>
#include <span>
#include <stdexcept>

#include <leaven/core/embedded.hpp>

namespace leaven {
std::span<const EmbeddedFile> embedded_thermodynamics();
}

namespace leaven::dna {

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string_view> table_lines(std::string_view name) {
    std::vector<std::string_view> lines;
    for (const auto& file : embedded_thermodynamics())
        if (file.name == name)
            for (const auto line : split(file.bytes, '\n'))
                if (!line.empty() && line.front() != '#') lines.push_back(line);
    if (lines.empty()) throw std::logic_error("the parameters are not part of the program");
    return lines;
}

double table_number(std::string_view word) {
    double value = 0;
    if (std::from_chars(word.data(), word.data() + word.size(), value).ec != std::errc())
        throw std::logic_error("a number of the shipped parameters");
    return value;
}

}  // namespace leaven::dna
