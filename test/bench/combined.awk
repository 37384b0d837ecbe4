# A combined line as lp-parse writes it: the same fields, times in UTC, texts escaped for JSON. The mawk and gawk of test/bench/parse.ts.
function json(text) { if (text ~ /["\\]/) { gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text) } return "\"" text "\"" }
BEGIN { split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", names, " "); for (number in names) month[names[number]] = sprintf("%02d", number) }
{
  split($0, quoted, "\""); split(quoted[2], request, " "); split(quoted[3], answer, " ")
  time = substr($4, 9, 4) "-" month[substr($4, 5, 3)] "-" substr($4, 2, 2) "T" substr($4, 14, 8) ".000Z"
  cut = index(request[2], "?")
  path = cut ? substr(request[2], 1, cut - 1) : request[2]
  printf "{\"schema\":\"lp/1\",\"type\":\"record\",\"timestamp\":\"%s\",\"log\":{\"source\":\"-\",\"offset\":%d,\"format\":\"combined\",\"dataset\":\"web.access\"},\"source\":{\"ip\":\"%s\"},\"url\":{\"original\":%s,\"path\":%s%s},\"http\":{\"request\":{\"method\":\"%s\"%s},\"response\":{\"status_code\":%s,\"body\":{\"bytes\":%s}},\"version\":\"%s\"},\"user_agent\":{\"original\":%s},\"original\":%s}\n", time, offset, $1, json(request[2]), json(path), cut ? ",\"query\":" json(substr(request[2], cut + 1)) : "", request[1], quoted[4] == "-" ? "" : ",\"referrer\":" json(quoted[4]), answer[1], answer[2], substr(request[3], 6), json(quoted[6]), json($0)
  offset += length($0) + 1
}
