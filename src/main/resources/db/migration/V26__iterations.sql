-- For every epoch the norm of the gradient and, with Gauss-Newton, the damping, of optimizers of the whole dataset.
alter table training_losses add column iterations bytes;
