// The style sheet of the HTML report: light and dark, on screen and on paper. No font, picture or script from anywhere.
#include "src/report/html_parts.h"

namespace interlock::report {

const char* html_style() {
  return R"css(
:root{--bg:#f5f6f8;--card:#fff;--ink:#1a2230;--soft:#5b6676;--faint:#98a2b1;--line:#dde2ea;--good:#1a7f4b;--good-bg:#e3f5ea;--warn:#9a6200;--warn-bg:#fdf1d8;--bad:#b3261e;--bad-bg:#fde7e5;
--path:#2563c9;--path-bg:#e4eefc;--back:#b87503;--back-bg:#fdf1d8;--band:#3aa66b;--gap:#d33a2f;--code:#f0f2f5}
@media (prefers-color-scheme:dark){:root{--bg:#12161d;--card:#1b212b;--ink:#e4e9f1;--soft:#9fabbc;--faint:#6b7789;--line:#2d3644;--good:#58c98b;--good-bg:#173526;--warn:#e6b450;--warn-bg:#3a2e14;--bad:#ff8a80;--bad-bg:#421d1b;
--path:#7ab0ff;--path-bg:#1c3152;--back:#e6b450;--back-bg:#3a2e14;--band:#2f8f5a;--gap:#ff6257;--code:#151a22}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:1080px;margin:0 auto;padding:28px 20px 48px}
h1{font-size:24px;line-height:1.25;margin:0 0 4px}
h2{font-size:17px;margin:0 0 14px}
h3{font-size:15px;margin:18px 0 6px}
p{margin:6px 0}
section,header{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:20px 22px;margin:0 0 16px}
header{border-top:5px solid var(--soft)}
header.good{border-top-color:var(--good)}header.neutral{border-top-color:var(--warn)}header.bad{border-top-color:var(--bad)}
.badge{display:inline-block;padding:5px 12px;border-radius:6px;font-weight:600;margin:10px 0 4px}
.good .badge{background:var(--good-bg);color:var(--good)}.neutral .badge{background:var(--warn-bg);color:var(--warn)}.bad .badge{background:var(--bad-bg);color:var(--bad)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:3px 16px;margin:10px 0 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
dl.wide{grid-template-columns:max-content 1fr max-content 1fr}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;margin:0 0 16px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px}
.card .figure{font-size:25px;font-weight:650;line-height:1.2}.card .label{color:var(--soft);font-size:13px}.card .note{color:var(--soft);font-size:13px}
.card.good .figure{color:var(--good)}.card.bad .figure{color:var(--bad)}.card.neutral .figure{color:var(--warn)}
code,pre,.mono{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace;font-size:12.5px}
pre{background:var(--code);border:1px solid var(--line);border-radius:6px;padding:9px 11px;margin:6px 0;white-space:pre-wrap;overflow-wrap:anywhere}
.soft{color:var(--soft)}.good-ink{color:var(--good)}.warn-ink{color:var(--warn)}.bad-ink{color:var(--bad)}
.to-do{border-left:4px solid var(--warn);background:var(--warn-bg);padding:10px 14px;border-radius:0 6px 6px 0;margin:12px 0 0}
ol.why{margin:0;padding-left:22px}ol.why>li{margin:0 0 10px}
.chain{display:flex;flex-wrap:wrap;gap:6px;list-style:none;padding:0;margin:8px 0 0}.chain li{background:var(--path-bg);color:var(--path);border-radius:5px;padding:2px 9px;font-size:13px}.chain li.back{background:var(--back-bg);color:var(--back)}.chain li.good{background:var(--good-bg);color:var(--good);font-weight:600}.chain li.neutral{background:var(--warn-bg);color:var(--warn);font-weight:600}.chain li.bad{background:var(--bad-bg);color:var(--bad);font-weight:600}
table{border-collapse:collapse;width:100%;font-size:13.5px}th{color:var(--soft);font-weight:500;text-align:left;font-size:12.5px}th,td{padding:5px 10px 5px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
tr:last-child td{border-bottom:0}td.time,td.num{white-space:nowrap;font-variant-numeric:tabular-nums;overflow-wrap:normal}td.time{color:var(--soft);width:1%}td.num{text-align:right;color:var(--soft);padding-right:0;width:1%}td.mark{min-width:26px;width:1%;text-align:center;font-weight:700}
.visit{margin:0 0 16px}.visit>.head{display:flex;gap:12px;align-items:baseline;border-left:4px solid var(--path);background:var(--path-bg);padding:5px 12px;border-radius:0 6px 6px 0}.visit.back>.head{border-color:var(--back);background:var(--back-bg)}.visit.end>.head{border-color:var(--soft);background:var(--code)}
.visit .head b{flex:1}.visit .head span{color:var(--soft);font-size:13px;font-variant-numeric:tabular-nums;white-space:nowrap}
dt::first-letter{text-transform:uppercase}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;color:var(--soft);font-size:12.5px;margin:10px 0 0}.legend i{display:inline-block;width:22px;height:11px;border-radius:3px;margin-right:6px;vertical-align:-1px}
.i-band{background:var(--band)}.i-gap{background:var(--gap)}.i-blank{background:repeating-linear-gradient(45deg,var(--faint) 0 2px,transparent 2px 6px)}.i-path{border:2px solid var(--path);background:var(--path-bg)}.i-back{border:2px solid var(--back);background:var(--back-bg)}.i-dim{border:1px dashed var(--faint)}
td>details{display:inline-block;margin:0 0 0 10px}td>details[open]{display:block;margin:3px 0}
details{margin:3px 0}summary{cursor:pointer;color:var(--soft);font-size:13px}
details.gate{border-bottom:1px solid var(--line);margin:0}details.gate>summary{list-style-position:outside;color:var(--ink);font-size:14px;padding:5px 0}details.gate .body{padding:2px 0 12px 22px}
.evidence td,.evidence th{font-size:12.5px}
svg{display:block;width:100%;height:auto;font-family:inherit}
svg text{fill:var(--ink);font-size:12px}svg text.soft{fill:var(--soft);font-size:11px}svg text.on{fill:#fff;font-size:11px}
.band{fill:var(--band)}.gap{fill:var(--gap)}.blank{fill:url(#hatch)}.hatch{stroke:var(--faint);stroke-width:2}.axis{stroke:var(--line)}
.ph{fill:var(--path-bg);stroke:var(--path)}.ph.back{fill:var(--back-bg);stroke:var(--back)}.predicted{fill:var(--path-bg);stroke:var(--path)}.mean{stroke:var(--path);stroke-width:2}
.node{fill:var(--card);stroke:var(--line);stroke-width:1.2}.node.taken{fill:var(--path-bg);stroke:var(--path);stroke-width:2}.node.taken.back{fill:var(--back-bg);stroke:var(--back)}
.node.success{stroke:var(--good);fill:var(--good-bg);stroke-width:2.5}.node.rolled{stroke:var(--warn);fill:var(--warn-bg);stroke-width:2.5}.node.attention{stroke:var(--bad);fill:var(--bad-bg);stroke-width:2.5}
.edge{fill:none;stroke:var(--faint);stroke-width:1.1}.edge.way{stroke-dasharray:4 4;opacity:.65}.edge.taken{stroke:var(--path);stroke-width:2.8;opacity:1;stroke-dasharray:none}.edge.taken.back{stroke:var(--back)}
.tip{fill:var(--faint)}.tip.taken{fill:var(--path)}.tip.taken.back{fill:var(--back)}text.dim{fill:var(--faint)}text.dim.soft{fill:var(--faint)}
footer{color:var(--soft);font-size:12.5px;text-align:center}
@media (max-width:700px){dl.wide{grid-template-columns:max-content 1fr}}
@media print{:root{--bg:#fff}body{font-size:11.5px;-webkit-print-color-adjust:exact;print-color-adjust:exact}main{max-width:none;padding:0}section,header,.card{break-inside:avoid-page;border-color:#ccc}section.long{break-inside:auto}.visit>.head,h2,h3{break-after:avoid}tr,details.gate{break-inside:avoid}
details::details-content{content-visibility:visible;block-size:auto}details:not([open])>*:not(summary){display:block}}
)css";
}

}  // namespace interlock::report
