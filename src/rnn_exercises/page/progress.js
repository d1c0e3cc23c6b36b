// The page My progress: what was tried, solved and is due again; export, import, delete.
