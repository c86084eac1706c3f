#include "notes.hpp"

namespace leaven::metabolism {

void NoteList::add(const std::string& code, Text message, const std::function<std::string()>& where) {
    if (++counts_[code] > kept_of_a_kind) return;
    notes_.push_back({code, std::move(message), where()});
}

std::vector<Note> NoteList::finish() && {
    for (const auto& [code, count] : counts_)
        if (count > kept_of_a_kind)
            notes_.push_back(
                {code, text({"and {} more of this kind", "另有 {} 条同类说明"}, count - kept_of_a_kind), {}});
    return std::move(notes_);
}

}  // namespace leaven::metabolism
