// Remarks collected while a model is read: the first few of a kind in full, the others counted.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

class NoteList {
public:
    /// `where` is asked only where the remark is kept: finding a line in a large file takes time.
    void add(const std::string& code, Text message, const std::function<std::string()>& where);

    /// All remarks; where there were more of a kind than are kept, one more says how many.
    [[nodiscard]] std::vector<Note> finish() &&;

private:
    static constexpr int kept_of_a_kind = 20;
    std::vector<Note> notes_;
    std::map<std::string, int> counts_;
};

}  // namespace leaven::metabolism
