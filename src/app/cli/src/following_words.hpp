// Lists whose words follow one another: `--reads a.fastq b.fastq` for `--reads a.fastq --reads b.fastq`.
#pragma once

#include <string>
#include <vector>

#include <leaven/op/operation.hpp>

namespace leaven::cli {

/// The words with the option written before each element of its list. Words that an input still waits for stay that
/// input's, the last of them first; where the last input is a list itself, it takes them all.
std::vector<std::string> with_options_repeated(const Operation& operation, const std::vector<std::string>& words);

}  // namespace leaven::cli
