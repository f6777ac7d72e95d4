-- Jobs: runs find a worker, workers keep or lose their lease.

-- id, spec, owner, runs that the owner may have, bytes needed, runs in all, bytes in all, pace, status: queued or paused,
-- place, runs that the place may have (no place: ''), word for the bell
local function submit(keys, args)
  local p, id, owner, needed = keys[1], args[1], args[3], tonumber(args[5])
  if redis.call('EXISTS', p .. 'run:' .. id) == 1 then return { 'ok' } end
  -- First of all, because a user who may not do this must not leave half a run behind. All hear of it when we are done.
  redis.call('PUBLISH', p .. 'bell', args[12] or '')
  sweep(p, tonumber(args[7]))
  local inhand = redis.call('ZCARD', p .. 'inhand')
  if inhand >= tonumber(args[6]) then return { 'runs', inhand } end
  local owned = number(p .. 'owned', owner)
  if owned >= tonumber(args[4]) then return { 'owner', owned } end
  local place = args[10] or ''
  local there = place == '' and 0 or number(p .. 'owned', place)
  if place ~= '' and there >= tonumber(args[11]) then return { 'place', there } end
  if number(p .. 'totals', 'reserved') + needed > tonumber(args[7]) then return { 'bytes' } end
  redis.call('HSET', p .. 'run:' .. id, 'spec', args[2], 'owner', owner, 'place', place, 'status', args[9] or 'queued', 'pace', args[8],
    'pause_at', '', 'detail', '', 'change', 1, 'fence', 0, 'fingerprint', '')
  touch(p, id)
  redis.call('ZADD', p .. 'inhand', now(), id)
  redis.call('HINCRBY', p .. 'owned', owner, 1)
  if place ~= '' then redis.call('HINCRBY', p .. 'owned', place, 1) end
  redis.call('HSET', p .. 'needed', id, needed)
  redis.call('HINCRBY', p .. 'totals', 'reserved', needed)
  sweep(p, tonumber(args[7]))
  redis.call('RPUSH', p .. 'queue', id)
  linger(p, 'inhand', 'owned', 'needed', 'totals', 'queue')
  return { 'ok' }
end

-- A run is handed in and forgotten: refused where a new run would be. Returns how many workers live.
local function rehearse(keys)
  local p, id = keys[1], 'rehearsal'
  forget(p, id)
  submit(keys, { id, '{}', id, 1e9, 0, 1e9, 1e15, '', 'queued', '', 0, id })
  forget(p, id)
  return redis.call('ZCOUNT', p .. 'workers', now(), '+inf')
end

-- A worker's share of the runs in hand, by its number of processes.
local function share_of(p, worker)
  local slots = 0
  for _, count in ipairs(redis.call('HVALS', p .. 'slots')) do slots = slots + tonumber(count) end
  return math.ceil(redis.call('ZCARD', p .. 'inhand') * number(p .. 'slots', worker) / math.max(1, slots))
end

-- worker, the most runs it takes in hand, '1': more than its share if need be; returns the runs it now has to train
local function claim(keys, args)
  local p, worker, most = keys[1], args[1], tonumber(args[2])
  if not redis.call('ZSCORE', p .. 'workers', worker) then return {} end
  local held, share = redis.call('SCARD', p .. 'holds:' .. worker), share_of(p, worker)
  local free = (args[3] == '1' and most or math.min(most, share)) - held
  local taken = {}
  while free > 0 do
    local id = redis.call('LPOP', p .. 'queue')
    if not id then break end
    local run = p .. 'run:' .. id
    local fields = redis.call('HMGET', run, 'spec', 'status', 'pace', 'pause_at', 'newest', 'fingerprint')
    if not fields[1] then
      forget(p, id)
    elseif not ENDINGS[fields[2]] then
      local fence = redis.call('HINCRBY', run, 'fence', 1)
      redis.call('HSET', run, 'worker', worker)
      redis.call('SADD', p .. 'holds:' .. worker, id)
      redis.call('ZADD', p .. 'inhand', now(), id)
      touch(p, id)
      taken[#taken + 1] = { id, fence, fields[1], fields[2], fields[3], fields[4], fields[5] or '', fields[6] }
      free = free - 1
    end
  end
  linger(p, 'holds:' .. worker)
  return taken
end

-- worker, seconds of lease, processes, '1': it may dismiss others; returns how many runs it holds, -1 if it was dismissed
local function beat(keys, args)
  local p, worker, time = keys[1], args[1], now()
  if args[4] == '1' then
    for _, other in ipairs(redis.call('ZRANGEBYSCORE', p .. 'workers', '-inf', time)) do
      if other ~= worker then dismiss(p, other, lost) end
    end
  end
  local known = redis.call('ZSCORE', p .. 'workers', worker)
  redis.call('ZADD', p .. 'workers', time + tonumber(args[2]), worker)
  redis.call('HSET', p .. 'slots', worker, args[3])
  linger(p, 'workers', 'slots', 'holds:' .. worker, 'inhand', 'owned', 'needed', 'totals', 'queue')
  return known and redis.call('SCARD', p .. 'holds:' .. worker) or -1
end

-- worker, then the runs that it really holds; puts all others that stand under its name back, names those it has lost
local function reconcile(keys, args)
  local p, worker, really, missing = keys[1], args[1], {}, {}
  for index = 2, #args do
    really[args[index]] = true
    if redis.call('SISMEMBER', p .. 'holds:' .. worker, args[index]) == 0 then missing[#missing + 1] = args[index] end
  end
  for _, id in ipairs(redis.call('SMEMBERS', p .. 'holds:' .. worker)) do
    if not really[id] then
      redis.call('SREM', p .. 'holds:' .. worker, id)
      if redis.call('EXISTS', p .. 'run:' .. id) == 1 then requeue(p, id) end
    end
  end
  redis.call('PUBLISH', p .. 'bell', '')
  return missing
end

-- the runs that a worker holds: their records live on
local function keep_alive(keys, args)
  for _, id in ipairs(args) do
    touch(keys[1], id)
    redis.call('ZADD', keys[1] .. 'inhand', 'XX', now(), id)
  end
  return #args
end

-- worker: it leaves and hands back all runs
local function leave(keys, args)
  dismiss(keys[1], args[1], requeue)
  return 1
end

-- worker, the most runs a process takes, seconds that another's lease must still have: how many of its runs others lack
local function surplus(keys, args)
  local p, worker, most = keys[1], args[1], tonumber(args[2])
  local share = share_of(p, worker)
  local over = redis.call('SCARD', p .. 'holds:' .. worker) - share
  -- Runs end at any time: moving a few of many would never stop.
  if over <= share / SLACK then return 0 end
  local lacking = -redis.call('LLEN', p .. 'queue')
  for _, other in ipairs(redis.call('ZRANGEBYSCORE', p .. 'workers', now() + tonumber(args[3]), '+inf')) do
    if other ~= worker then
      local free = math.min(share_of(p, other), most * number(p .. 'slots', other))
      lacking = lacking + math.max(0, free - redis.call('SCARD', p .. 'holds:' .. other))
    end
  end
  return math.max(0, math.min(over, lacking))
end

-- worker, run, fence: hand back one run
local function release(keys, args)
  local p, run = keys[1], keys[1] .. 'run:' .. args[2]
  if redis.call('HGET', run, 'fence') ~= args[3] then return 0 end
  redis.call('SREM', p .. 'holds:' .. args[1], args[2])
  requeue(p, args[2])
  redis.call('PUBLISH', p .. 'bell', '')
  return 1
end

redis.register_function('playground_submit', submit)
redis.register_function('playground_rehearse', rehearse)
-- What keeps the books in order must go on even when the memory is full.
redis.register_function({ function_name = 'playground_claim', callback = claim, flags = { 'allow-oom' } })
redis.register_function({ function_name = 'playground_beat', callback = beat, flags = { 'allow-oom' } })
redis.register_function({ function_name = 'playground_reconcile', callback = reconcile, flags = { 'allow-oom' } })
redis.register_function({ function_name = 'playground_keep_alive', callback = keep_alive, flags = { 'allow-oom' } })
redis.register_function({ function_name = 'playground_leave', callback = leave, flags = { 'allow-oom' } })
redis.register_function({ function_name = 'playground_surplus', callback = surplus, flags = { 'no-writes' } })
redis.register_function({ function_name = 'playground_release', callback = release, flags = { 'allow-oom' } })
