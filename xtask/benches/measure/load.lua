-- wrk sends the requests of a file, byte for byte, one after the other. They were signed beforehand.
-- The file holds for each request a line with its length in bytes, then the request itself.

local requests, at = {}, 0
local threads = {}
laps = 0

function setup(thread)
  threads[#threads + 1] = thread
end

function init(args)
  local file = assert(io.open(args[1], "rb"))
  for length in function() return file:read("*n") end do
    file:read(1)
    requests[#requests + 1] = file:read(length)
  end
  file:close()
end

function request()
  at = at + 1
  if at > #requests then
    at, laps = 1, laps + 1
  end
  return requests[at]
end

-- One line for the caller: requests, microseconds, p50 and p99 in microseconds, failures, laps.
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("result %d %d %d %d %d %d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout, threads[1]:get("laps")))
end
