-- What wrk sends to train a build: of ten requests seven GENERATE, of other texts and details, two
-- RETRIEVE and one DELETE.

local device = "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"
local details = { "low", "medium", "medium", "medium", "high", "max" }
local headers = { ["Content-Type"] = "application/json" }
local count = 0

local function body(kind, members)
  return string.format('{"type":"%s","deviceId":"%s",%s}', kind, device, members)
end

function request()
  count = count + 1
  -- What is asked for and deleted was a GENERATE before: its kind is five more.
  local kind, before = count % 10, count - 95
  local text
  if kind == 0 then
    text = body("DELETE", string.format('"filename":"code %06d"', before))
  elseif kind == 1 then
    text = body("RETRIEVE", string.format('"filename":"code %06d"', before))
  elseif kind == 2 then
    text = body("RETRIEVE", string.format('"prefix":"code %04d","limit":10', before / 100))
  else
    text = body("GENERATE", string.format('"filename":"code %06d","text":"https://example.com/%s%d","detail":"%s"',
      count, string.rep("path/", count % 7 == 0 and 12 or 0), count, details[1 + count % #details]))
  end
  return wrk.format("POST", nil, headers, text)
end

-- Not trained if it was refused.
function done(summary)
  if summary.errors.status > 0 then
    io.stderr:write(summary.errors.status, " requests were refused\n")
    os.exit(1)
  end
end
