"""The newsroom's only writers: one verb a file, one transaction a call, `Refused` where nothing was done."""
