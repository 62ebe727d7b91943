namespace OrderPlatform.Analytics;

/// <summary>The page's style sheet. Holds no character that XML would read as markup.</summary>
internal static class PageStyle
{
    internal const string Css = """

        :root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--ink:#1b2330;--soft:#606b7b;--rule:#e2e6ec;--line:#2563c9;--gain:#0b8a63;--loss:#cf3f32;
        --price:#5a6678;--radius:10px}
        @media (prefers-color-scheme:dark){:root{--page:#11151b;--card:#191f28;--ink:#e6eaf0;--soft:#98a3b3;--rule:#2a323e;--line:#6aa5ff;--gain:#35c294;
        --loss:#ff7468;--price:#8e9bae}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;
        font-variant-numeric:tabular-nums}
        main{max-width:1240px;margin:0 auto;padding:28px 20px 56px}
        h1{font-size:26px;line-height:1.2;margin:0 0 8px;overflow-wrap:anywhere}
        h2{font-size:16px;margin:0;font-weight:650}
        section h2{margin-bottom:12px}
        h3{font-size:13px;font-weight:500;color:var(--soft);margin:0}
        .facts{margin:0 0 20px;color:var(--soft);display:flex;flex-wrap:wrap;gap:2px 18px}
        .facts span{overflow-wrap:anywhere}
        .facts b{font-weight:600;color:var(--ink)}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(240px,46%),1fr));gap:14px;margin-bottom:16px}
        .card,.chart,main>section:not(.cards),.pair>section{background:var(--card);border:1px solid var(--rule);border-radius:var(--radius);
        padding:16px 18px;min-width:0}
        .chart,main>section:not(.cards),.pair>section{margin:0 0 16px}
        .big{font-size:25px;line-height:1.25;font-weight:650;margin:3px 0 2px;letter-spacing:-.01em;overflow-wrap:anywhere}
        .detail{margin:0;color:var(--soft);font-size:13px}
        .pos{color:var(--gain)}.neg{color:var(--loss)}
        .pair{display:grid;grid-template-columns:1fr 1fr;gap:16px}
        figcaption{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:2px 14px;margin-bottom:14px}
        figcaption span{color:var(--soft);font-size:13px}
        .frame{display:grid;grid-template-columns:5.4em minmax(0,1fr);font-size:12px;color:var(--soft);padding-right:16px}
        .ys{position:relative}
        .ys span{position:absolute;right:10px;transform:translateY(-50%);white-space:nowrap}
        .plot{display:block;width:100%;height:250px;overflow:visible}
        .drawdown .plot{height:150px}.price .plot{height:330px}.pair .plot{height:210px}
        .picture svg{display:block;width:100%;height:auto;margin-top:14px;border-radius:6px}
        .xs{grid-column:2;position:relative;height:22px}
        .xs span{position:absolute;top:7px;transform:translateX(-50%);white-space:nowrap}
        .grid{stroke:var(--rule);stroke-width:1;shape-rendering:crispEdges}
        .base{stroke:var(--soft);stroke-width:1;stroke-dasharray:4 4}
        .zero{stroke:var(--soft);stroke-width:1;shape-rendering:crispEdges}
        .line{fill:none;stroke:var(--line);stroke-width:1.7;vector-effect:non-scaling-stroke;stroke-linejoin:round}
        .area{fill:var(--line);opacity:.1}
        .drawdown .line{stroke:var(--loss);stroke-width:1.3}.drawdown .area{fill:var(--loss);opacity:.18}
        .price .line{stroke:var(--price);stroke-width:1.2}
        .strip{fill:transparent}
        .strip:hover{fill:var(--soft);fill-opacity:.16}
        .mark{fill-opacity:.88;stroke:var(--card);stroke-width:.8}
        .mark.buy,.gain{fill:var(--gain)}.mark.sell,.loss{fill:var(--loss)}
        .bar:hover,.mark:hover{fill-opacity:.6}
        table{border-collapse:collapse;width:100%;font-size:13px}
        th{font-weight:500;color:var(--soft);text-align:left}
        th,td{padding:6px 8px;border-bottom:1px solid var(--rule);white-space:nowrap}
        th:first-child,td:first-child{padding-left:0}
        th:last-child,td:last-child{padding-right:0}
        tbody tr:last-child td,tbody tr:last-child th{border-bottom:0}
        .n{text-align:right}
        .pair table td:not(.n){white-space:normal;overflow-wrap:anywhere}
        .heat{border-collapse:separate;border-spacing:3px}
        .heat th,.heat td{text-align:center;border:0;border-radius:5px;padding:6px 8px}
        .heat th:first-child{text-align:left}
        .heat td.pos{color:var(--ink);background:color-mix(in srgb,var(--gain) var(--heat),transparent)}
        .heat td.neg{color:var(--ink);background:color-mix(in srgb,var(--loss) var(--heat),transparent)}
        .heat td.sum{font-weight:650}
        .scroll{overflow-x:auto}
        .lists{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(300px,100%),1fr));gap:0 40px}
        dl{margin:0}
        dl div{display:flex;justify-content:space-between;gap:16px;padding:5px 0;border-bottom:1px solid var(--rule)}
        dl div:last-child{border-bottom:0}
        dt{color:var(--soft)}
        dd{margin:0;text-align:right;overflow-wrap:anywhere}
        dl.wide div{display:grid;grid-template-columns:9em minmax(0,1fr)}
        dl.wide dd{text-align:left}
        code{font:13px/1.45 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
        details summary{cursor:pointer;color:var(--line);margin-bottom:8px}
        .empty{color:var(--soft)}
        .pair .scroll{overflow-x:visible}
        @media (max-width:820px){.pair{grid-template-columns:minmax(0,1fr);gap:0}}
        @media (max-width:560px){main{padding:16px 10px 40px}h1{font-size:21px}.card,.chart,main>section:not(.cards),.pair>section{padding:12px}.cards{
        gap:10px}.big{font-size:20px}.frame{grid-template-columns:5em minmax(0,1fr);font-size:11px;padding-right:8px}.plot{height:200px}.price .plot{
        height:240px}.xs .odd{display:none}th,td{padding:5px 7px}.heat{border-spacing:2px}.heat th,.heat td{padding:5px 2px;font-size:11px}}
        @media print{:root{--page:#fff;--card:#fff;--ink:#000;--soft:#444;--rule:#ccc;--line:#1d4fa3;--gain:#0b7a58;--loss:#b53227;--price:#555}body{
        font-size:12px}main{max-width:none;padding:0}.card,.chart,section{break-inside:avoid}#trades{break-inside:auto}.strip{display:none}
        details::details-content{content-visibility:visible;height:auto}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}

        """;
}
