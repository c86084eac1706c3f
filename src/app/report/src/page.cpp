#include <fmt/core.h>

#include <leaven/core/markup.hpp>
#include <leaven/op/json.hpp>
#include <leaven/report/report.hpp>

#include "dossier.hpp"
#include "sections.hpp"
#include "style.hpp"

namespace leaven::report {
namespace {

struct Entry {
    std::string_view id;
    Doc title;
    bool may_be_absent = false;  // then there is no section either
};

constexpr Entry contents[] = {
    {"answer", {"The answer", "结论"}},
    {"envelope", {"Growth against product", "生长与产物的权衡"}},
    {"designs", {"Designs", "设计方案"}},
    {"targets", {"Push and turn down", "上调与下调"}},
    {"fluxes", {"Where the carbon goes", "碳流去向"}},
    {"pathway", {"Inserted pathway", "插入的途径"}},
    {"conditions", {"Model and medium", "模型与培养基"}},
    {"build", {"At the bench", "上实验台"}, true},
    {"support", {"Rules and support", "规则与支持"}, true},
    {"sources", {"Do it again", "重现与来源"}},
};

Html navigation(const Json& dossier) {
    Html out = "<nav aria-labelledby=\"contents-title\">\n<h2 id=\"contents-title\">" + both({"Contents", "目录"}) +
               "</h2>\n<ol>\n";
    for (const auto& [id, title, may_be_absent] : contents)
        if (!may_be_absent || part(dossier, id.data()).is_object())
            out += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", id, both(title));
    return out + "</ol>\n</nav>\n";
}

/// Two radio buttons: the style sheet shows the language of the one that is on; the script only keeps `lang` in step.
Html language_switch(Lang lang) {
    const auto option = [&](Lang which, std::string_view tag, std::string_view id, std::string_view name) {
        return fmt::format(
            "<input type=\"radio\" name=\"lang\" id=\"lang-{0}\" value=\"{1}\"{2}/><label for=\"lang-{0}\" "
            "lang=\"{1}\">{3}</label>",
            id, tag, which == lang ? " checked=\"checked\"" : "", name);
    };
    return "<fieldset class=\"languages\"><legend class=\"hidden\">Language · 语言</legend>" +
           option(Lang::en, "en", "en", "English") + option(Lang::zh, "zh-Hans", "zh", "中文") + "</fieldset>\n";
}

Html header(const Json& dossier, const Text& title, Lang lang) {
    const auto& host = part(dossier, "host");
    const auto name = words(host, "name").empty() ? words(host, "model") : words(host, "name");
    return "<header>\n<div class=\"bar\"><p class=\"brand\"><strong>Leaven</strong> <span lang=\"zh-Hans\">酵</span> "
           "· " +
           both({"strain design dossier", "菌株设计报告"}) + "</p>\n" + language_switch(lang) + "</div>\n<h1>" +
           both_of(title) + "</h1>\n<p class=\"subtitle\">" +
           sentence({"Product {} in {}", "产物 {}，宿主模型 {}"}, plain(product_name(dossier)), plain(name)) +
           "</p>\n</header>\n";
}

Text title_of(const Json& dossier) {
    const auto& project = part(dossier, "project");
    auto title = both_texts(project, "title");
    if (!title.empty()) return title;
    const auto name = words(project, "name");
    return name.empty() ? Text{"Strain design", "菌株设计"} : Text{name, name};
}

Html head(const Text& title, Lang lang) {
    return fmt::format(
        "<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'; img-src data:\"/>\n"
        "<link rel=\"icon\" href=\"data:,\"/>\n<title>{} · Leaven</title>\n<style>{}</style>\n</head>\n",
        plain(title.in(lang)), style_sheet());
}

}  // namespace

std::string render_report(const Json& dossier, const ReportAssets& assets, Lang lang) {
    const auto title = title_of(dossier);
    Html out =
        fmt::format("<!DOCTYPE html>\n<html lang=\"{}\" data-title-en=\"{} · Leaven\" data-title-zh=\"{} · Leaven\">\n",
                    lang == Lang::zh ? "zh-Hans" : "en", plain(title.en), plain(title.zh));
    out += head(title, lang);
    out += "<body>\n<a class=\"skip\" href=\"#answer\">" + both({"To the answer", "跳到结论"}) + "</a>\n";
    out += header(dossier, title, lang) + navigation(dossier) + "<main>\n";
    for (const auto& part_of_page : {answer, envelope, designs, targets}) out += part_of_page(dossier);
    out += fluxes(dossier, assets);
    for (const auto& part_of_page : {pathway, conditions, notes, build, support, sources}) out += part_of_page(dossier);
    return out + fmt::format("</main>\n<script>{}</script>\n</body>\n</html>\n", script());
}

}  // namespace leaven::report
