#include "row_file.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <unistd.h>

#include <leaven/core/file.hpp>

namespace leaven::crispr {
namespace {

Failure unwritable(const std::filesystem::path& path, const std::string& reason) {
    return bad_input({"the file cannot be written: {}", "无法写入文件：{}"}, reason)
        .at(path.string())
        .advise({"choose a folder that exists, is writable and has room", "请选择存在、可写且有足够空间的文件夹"});
}

}  // namespace

Result<RowFile> RowFile::create(const std::filesystem::path& path) {
    if (auto status = may_write(path); !status) return pass(status);
    const auto ending = path.extension().string();
    if (ending != ".tsv" && ending != ".csv")
        return bad_input({"the hits are written row by row, which \"{}\" does not allow", "命中逐行写出，“{}”不支持"},
                         ending)
            .at(path.string())
            .advise({"use .tsv or .csv, or --json without --out", "请用 .tsv 或 .csv，或只用 --json"});
    RowFile file;
    file.path_ = path;
    file.separator_ = ending == ".csv" ? ',' : '\t';
    auto temporary = path;
    temporary += fmt::format(".{}.part", ::getpid());
    file.file_.reset(std::fopen(temporary.c_str(), "wb"));
    if (!file.file_) return unwritable(path, std::strerror(errno));
    file.temporary_ = std::move(temporary);
    return file;
}

void RowFile::append_text(const std::string& text) {
    if (text.find_first_of(std::string("\"\n\r") + separator_) == std::string::npos) {
        pending_ += text;
        return;
    }
    pending_ += '"';
    for (const char c : text) pending_ += c == '"' ? std::string("\"\"") : std::string(1, c);
    pending_ += '"';
}

void RowFile::flush() {
    if (failed_ == 0 && std::fwrite(pending_.data(), 1, pending_.size(), file_.get()) != pending_.size())
        failed_ = errno != 0 ? errno : EIO;
    pending_.clear();
}

Status RowFile::commit() {
    flush();
    if (failed_ == 0 && std::fflush(file_.get()) != 0) failed_ = errno;
    if (failed_ != 0) return unwritable(path_, std::strerror(failed_));
    file_.reset();
    std::error_code code;
    std::filesystem::rename(temporary_, path_, code);
    if (code) return unwritable(path_, code.message());
    temporary_.clear();
    return {};
}

RowFile::~RowFile() {
    if (temporary_.empty()) return;
    file_.reset();
    std::error_code code;
    std::filesystem::remove(temporary_, code);
}

}  // namespace leaven::crispr
