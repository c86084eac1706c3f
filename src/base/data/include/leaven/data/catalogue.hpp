// The catalogue of public data sets: each by name, with version, licence, citation, checksum and address.
//
// Data sets are not part of Leaven. A name is looked up, in this order, in `$LEAVEN_DATA`, in `shared/data` beside
// the checkout, in packages of the distribution that ship it, and in the user's cache, where `leaven data get`
// puts what it downloads.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <leaven/core/result.hpp>

namespace leaven::data {

struct DataSet {
    std::string_view name;
    std::string_view kind;    // model | map | genome | table
    std::string_view file;    // below the root of the data, such as "metabolism/models/iML1515.xml.gz"
    std::string_view system;  // where a package of the distribution puts it; empty where none does
    std::string_view version;
    std::string_view licence;
    std::string_view citation;        // with DOI
    std::string_view sha256;          // of the file
    std::string_view address;         // public; empty where there is none
    std::string_view address_sha256;  // of what the address gives, where that is not the same bytes (unpacked, say)
};

/// All data sets, by name.
std::span<const DataSet> catalogue();

/// The entry of this name. Errors  not_found, with the nearest names
Result<DataSet> find_entry(std::string_view name);

/// Where the data set lies on this machine; none where it is nowhere.
std::optional<std::filesystem::path> locate(const DataSet& entry);

/// A path as it stands where such a file exists, else a name of the catalogue.
///
/// Errors  not_found  neither; or the catalogue knows it but it is not on this machine: the hint says what
///         `leaven data get` would do
Result<std::filesystem::path> resolve(std::string_view path_or_name);

/// Downloads a data set into the user's cache with the program `curl`, and checks it.
///
/// Errors  not_found  no address, no network;  bad_input  the checksum is another, the cache is not writable
Result<std::filesystem::path> download(const DataSet& entry);

/// `$XDG_CACHE_HOME/leaven/data`, else `~/.cache/leaven/data`.
std::filesystem::path cache_folder();

}  // namespace leaven::data
