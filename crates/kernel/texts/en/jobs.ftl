job-state-waiting = Waiting
job-state-running = Running
job-state-done = Done
job-state-failed = Failed
job-state-cancelled = Stopped
job-error-unknown = This version of Bocal does not know this job.
