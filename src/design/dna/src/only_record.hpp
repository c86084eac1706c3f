// Files that must hold one molecule.
#pragma once

#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

/// The one record of a file that `where` names. Errors  bad_input  none, or several
inline Result<seq::Record> only_record(std::vector<seq::Record> records, const std::string& where) {
    if (records.size() == 1) return std::move(records.front());
    return bad_input({"the file holds {} records", "文件包含 {} 条记录"}, records.size())
        .at(where)
        .advise({"give one molecule a file", "请每个文件只放一个分子"});
}

}  // namespace leaven::dna
