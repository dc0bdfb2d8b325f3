SELECT * FROM changes WHERE changed_at < '2025-07-01'
