-- Records: what a worker has to add, what readers and those who steer ask.

-- run, fence, fingerprint, status, pace, pause_at, detail, first epoch, costs, newest, kept states, orders answered, then
-- epoch and row of each kept state, then entry, ticket, web and refusal of each order
local function append(keys, args)
  local p, id = keys[1], args[1]
  local run, costs = p .. 'run:' .. id, p .. 'costs:' .. id
  local fence = redis.call('HGET', run, 'fence')
  if not fence then return 'unknown' end
  if fence ~= args[2] then return 'stale' end
  local have, first, bytes = redis.call('STRLEN', costs) / 8, tonumber(args[8]), args[9]
  if first > have then return 'gap' end
  local skip = (have - first) * 8
  if #bytes > skip then
    redis.call('APPEND', costs, string.sub(bytes, skip + 1))
    redis.call('HSET', run, 'newest', args[10], 'fingerprint', args[3])
    if have == 0 then touch(p, id) end
  end
  local at, kept, answered = 13, tonumber(args[11]), tonumber(args[12])
  for _ = 1, kept do
    redis.call('ZREMRANGEBYSCORE', p .. 'kept:' .. id, args[at], args[at])
    redis.call('ZADD', p .. 'kept:' .. id, args[at], args[at + 1])
    at = at + 2
  end
  if kept > 0 then redis.call('EXPIRE', p .. 'kept:' .. id, DAY) end
  for _ = 1, answered do
    redis.call('LREM', p .. 'orders:' .. id, 1, args[at])
    answer(p, args[at + 1], args[at + 2], args[at + 3])
    at = at + 4
  end
  redis.call('HSET', run, 'pause_at', args[6])
  set_status(p, id, args[4], args[5], args[7])
  return 'ok'
end

-- run, entry: an order for whoever holds the run, now or next; refused with status and epoch where the run has ended
local function order(keys, args)
  local p, id = keys[1], args[1]
  local known = redis.call('HMGET', p .. 'run:' .. id, 'status', 'worker')
  if not known[1] then return { 'unknown' } end
  if ENDINGS[known[1]] then return { 'over', known[1], math.max(0, redis.call('STRLEN', p .. 'costs:' .. id) / 8 - 1) } end
  if not redis.call('LPOS', p .. 'orders:' .. id, args[2]) then redis.call('RPUSH', p .. 'orders:' .. id, args[2]) end
  redis.call('EXPIRE', p .. 'orders:' .. id, DAY)
  if known[2] then redis.call('PUBLISH', p .. 'worker:' .. known[2], id) end
  return { 'ok' }
end

-- run: the orders that nobody has answered, oldest first
local function orders(keys, args)
  return redis.call('LRANGE', keys[1] .. 'orders:' .. args[1], 0, -1)
end

-- run, entry: take an order back that nobody has answered
local function withdraw(keys, args)
  return redis.call('LREM', keys[1] .. 'orders:' .. args[1], 1, args[2])
end

-- run, the first epoch wanted, the last change known: what is new since, and all costs from that epoch on
local function read(keys, args)
  local p, id, first = keys[1], args[1], tonumber(args[2])
  local fields = redis.call('HMGET', p .. 'run:' .. id, 'status', 'pace', 'detail', 'change', 'newest')
  if not fields[1] then return { 'unknown' } end
  local have = redis.call('STRLEN', p .. 'costs:' .. id) / 8
  if have <= first and fields[4] == args[3] then return { 'same' } end
  local costs = have > first and redis.call('GETRANGE', p .. 'costs:' .. id, first * 8, have * 8 - 1) or ''
  return { 'news', fields[1], fields[2], fields[3], fields[4], have > first and fields[5] or '', costs, have }
end

-- run, first epoch, last epoch (-1: the newest): the costs from the one to the other
local function costs(keys, args)
  local p, id, first, last = keys[1], args[1], tonumber(args[2]), tonumber(args[3])
  if redis.call('EXISTS', p .. 'run:' .. id) == 0 then return { 'unknown' } end
  return { 'run', redis.call('GETRANGE', p .. 'costs:' .. id, first * 8, last < 0 and -1 or last * 8 + 7) }
end

-- run: its fields and newest cost
local function view(keys, args)
  local p, id = keys[1], args[1]
  local fields = redis.call('HMGET', p .. 'run:' .. id, 'spec', 'status', 'pace', 'detail', 'change', 'newest')
  if not fields[1] then return { 'unknown' } end
  local costs = p .. 'costs:' .. id
  local have = redis.call('STRLEN', costs)
  local last = have > 0 and redis.call('GETRANGE', costs, have - 8, have - 1) or ''
  return { 'run', fields[1], fields[2], fields[3], fields[4], fields[5], fields[6] or '', last, have / 8 }
end

-- run, epoch: the newest state, and the kept state nearest below the epoch
local function state(keys, args)
  local p, id = keys[1], args[1]
  local fields = redis.call('HMGET', p .. 'run:' .. id, 'spec', 'newest')
  if not fields[1] then return { 'unknown' } end
  local row = redis.call('ZRANGE', p .. 'kept:' .. id, args[2], '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, 1)[1]
  return { 'run', fields[1], fields[2] or '', row or '' }
end

-- the beginning of names: how many workers live that are called so
local function alive(keys, args)
  local count = 0
  for _, worker in ipairs(redis.call('ZRANGEBYSCORE', keys[1] .. 'workers', now(), '+inf')) do
    if string.sub(worker, 1, #args[1]) == args[1] then count = count + 1 end
  end
  return count
end

redis.register_function('playground_append', append)
redis.register_function('playground_order', order)
redis.register_function({ function_name = 'playground_withdraw', callback = withdraw, flags = { 'allow-oom' } })
redis.register_function({ function_name = 'playground_orders', callback = orders, flags = { 'no-writes' } })
redis.register_function({ function_name = 'playground_costs', callback = costs, flags = { 'no-writes' } })
redis.register_function({ function_name = 'playground_read', callback = read, flags = { 'no-writes' } })
redis.register_function({ function_name = 'playground_view', callback = view, flags = { 'no-writes' } })
redis.register_function({ function_name = 'playground_state', callback = state, flags = { 'no-writes' } })
redis.register_function({ function_name = 'playground_alive', callback = alive, flags = { 'no-writes' } })
