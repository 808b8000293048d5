-- Each request has another address, so that no answer is one that was kept.
local n = 0
function request()
    n = n + 1
    return wrk.format(nil, wrk.path .. '?page=1&q=' .. n)
end
