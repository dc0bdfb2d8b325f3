SELECT * FROM activities WHERE occurred_at < '2025-07-01' AND recorded_at < '2025-07-01'
