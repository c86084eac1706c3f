// Files and random molecules for the tests of this module.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <leaven/core/file.hpp>
#include <leaven/seq/read.hpp>
#include <leaven/seq/write.hpp>

#include "data_sets.hpp"

namespace leaven::seq::testing {

/// The plain bytes of a file, unpacked.
std::string bytes_of(const std::filesystem::path& path);

/// All files below a folder whose name, without ".gz", has one of these endings; sorted.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder,
                                               const std::vector<std::string>& endings);

/// Random bases; few letters make repeats and palindromes likely.
std::string random_bases(std::size_t least, std::size_t most, const std::string& letters = "ACGT");

/// The reverse complement, letter by letter from a table typed by hand.
std::string other_strand(const std::string& bases);

}  // namespace leaven::seq::testing
