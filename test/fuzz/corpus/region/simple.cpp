int before;
// ilbridge:begin x
old
// ilbridge:end x
int after;
