// Reads {histograms: [base64], log: text} from standard input with hdr-histogram-js from the node_modules directory given,
// and writes what it found as JSON to standard output.
const path = require("path");
const fs = require("fs");
const hdr = require(path.join(path.resolve(process.argv[2]), "hdr-histogram-js"));

const percentiles = [0, 10, 50, 90, 99, 99.9, 99.99, 100];
const described = (histogram) => ({
    total: histogram.totalCount,
    max: histogram.maxValue,
    percentiles: percentiles.map((one) => histogram.getValueAtPercentile(one)),
});

const request = JSON.parse(fs.readFileSync(0, "utf8"));
const histograms = request.histograms.map((base64) => {
    const histogram = hdr.decodeFromCompressedBase64(base64, 64, false);
    return { ...described(histogram), encoded: hdr.encodeIntoCompressedBase64(histogram) };
});

const intervals = [];
const reader = new hdr.HistogramLogReader(request.log, 64, false);
for (let one = reader.nextIntervalHistogram(); one !== null; one = reader.nextIntervalHistogram()) {
    intervals.push({ ...described(one), tag: one.tag, start: Math.round(one.startTimeStampMsec), end: Math.round(one.endTimeStampMsec) });
}

console.log(JSON.stringify({ histograms, intervals }));
